package io.stagemark.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where the level of a noisy series changes: the exact minimum, over all ways to cut the series, of
 * the squared deviations from each segment's mean (in units of the noise's variance) plus a price
 * for each cut.
 *
 * <p>It is the minimum that PELT finds (Killick, Fearnhead, Eckley 2012, "Optimal detection of
 * changepoints with a linear computational cost", doi:10.1080/01621459.2012.737745), by the dynamic
 * programme without pruning (Jackson et al. 2005): quadratic, and a few milliseconds for the 512
 * points that {@link SteadyState} makes of any series. Values far from their neighbours' median are
 * pulled in first, so that lone outliers make no segment: Barrett et al. 2017, "Virtual machine
 * warmup blows hot and cold", doi:10.1145/3133876, do the same.
 */
final class ChangePoints {
  /** Points that a segment has at least. */
  static final int MIN_SEGMENT = 5;

  /**
   * The price of a cut is this times ln n. BIC would take 2 for independent normal noise; times are
   * neither, and {@code SteadyStateRatesTest} prints what this value costs and gains.
   */
  private static final double PRICE = 6;

  private static final double OUTLIER_NOISES = 3;
  private static final int NEIGHBOURS = 10;

  private ChangePoints() {}

  /**
   * A stretch on one level.
   *
   * @param from first point
   * @param to after the last point
   * @param level mean of its points, outliers pulled in
   */
  record Segment(int from, int to, double level) {
    int length() {
      return to - from;
    }
  }

  /**
   * Cuts a series.
   *
   * @param values at least one; not modified
   * @param noise standard deviation of the values within a segment, above 0
   * @return the segments in order; they cover the series
   */
  static List<Segment> segments(double[] values, double noise) {
    double[] tame = winsorised(values, OUTLIER_NOISES * noise);
    int n = tame.length;
    double[] sum = new double[n + 1];
    for (int i = 0; i < n; i++) {
      sum[i + 1] = sum[i] + tame[i] / noise;
    }
    int[] cutBefore = cheapestCuts(sum, PRICE * Math.log(Math.max(2, n)));
    List<Segment> segments = new ArrayList<>();
    for (int to = n; to > 0; to = cutBefore[to]) {
      int from = cutBefore[to];
      segments.add(new Segment(from, to, (sum[to] - sum[from]) / (to - from) * noise));
    }
    Collections.reverse(segments);
    return segments;
  }

  /**
   * Returns for each end the start of its last segment in the cheapest cutting up to there. The
   * squared deviations of a segment are Σx² − (Σx)²/n; the first term adds up to the same in every
   * cutting and is left out.
   */
  private static int[] cheapestCuts(double[] sum, double price) {
    int n = sum.length - 1;
    double[] cheapest = new double[n + 1];
    int[] start = new int[n + 1];
    Arrays.fill(cheapest, 1, n + 1, Double.POSITIVE_INFINITY);
    for (int to = Math.min(n, MIN_SEGMENT); to <= n; to++) {
      for (int from = 0; from <= Math.max(0, to - MIN_SEGMENT); from++) {
        double total = sum[to] - sum[from];
        double cost = cheapest[from] - total * total / (to - from) + price;
        if (cost < cheapest[to]) {
          cheapest[to] = cost;
          start[to] = from;
        }
      }
    }
    return start;
  }

  /** Pulls each value to within {@code reach} of the median of its neighbourhood. */
  private static double[] winsorised(double[] values, double reach) {
    int half = Math.min(NEIGHBOURS, values.length / 4);
    double[] tame = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, Math.min(i - half, values.length - 2 * half - 1));
      int to = Math.min(values.length, from + 2 * half + 1);
      double centre = Median.of(Arrays.copyOfRange(values, from, to));
      tame[i] = Math.max(centre - reach, Math.min(centre + reach, values[i]));
    }
    return tame;
  }
}
