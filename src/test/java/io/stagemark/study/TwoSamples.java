package io.stagemark.study;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/** Textbook tests of two independent samples, one-sided: is the second one larger? */
final class TwoSamples {
  /** Degrees of freedom at which t is the normal distribution to seven digits. */
  private static final double NEARLY_NORMAL = 1e6;

  private TwoSamples() {}

  /** Returns the p-value of Welch's t test (Welch, 1947); 1 where neither sample varies. */
  static double welch(double[] first, double[] second) {
    double a = variance(first) / first.length;
    double b = variance(second) / second.length;
    if (!(a + b > 0)) {
      return 1;
    }
    double freedom = (a + b) * (a + b) / (a * a / (first.length - 1) + b * b / (second.length - 1));
    double t = (mean(second) - mean(first)) / Math.sqrt(a + b);
    return TDistribution.of(freedom).survivalProbability(t);
  }

  /**
   * Returns the p-value of the U test (Mann and Whitney, 1947) by its normal approximation, with
   * ties at their mean rank and the variance corrected for them.
   */
  static double mannWhitney(double[] first, double[] second) {
    int n = first.length + second.length;
    double[] all = Arrays.copyOf(first, n);
    System.arraycopy(second, 0, all, first.length, second.length);
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (i, j) -> Double.compare(all[i], all[j]));
    double rankSum = 0;
    double ties = 0;
    for (int from = 0; from < n; ) {
      int to = from;
      while (to < n && all[order[to]] == all[order[from]]) {
        to++;
      }
      for (int k = from; k < to; k++) {
        rankSum += order[k] >= first.length ? (from + 1 + to) / 2.0 : 0;
      }
      double tied = (double) to - from;
      ties += tied * tied * tied - tied;
      from = to;
    }
    double product = (double) first.length * second.length;
    double u = rankSum - second.length * (second.length + 1.0) / 2;
    double variance = product / 12 * (n + 1 - ties / ((double) n * (n - 1)));
    return variance > 0
        ? TDistribution.of(NEARLY_NORMAL)
            .survivalProbability((u - product / 2) / Math.sqrt(variance))
        : 1;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
