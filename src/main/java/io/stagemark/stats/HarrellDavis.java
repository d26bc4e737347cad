package io.stagemark.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The quantile estimator of Harrell and Davis: a mean of all order statistics, each weighted with
 * the probability that it is the quantile. It varies less from trial to trial than one order
 * statistic does.
 *
 * <p>Source: Harrell and Davis, A new distribution-free quantile estimator, Biometrika 69 (1982):
 * Q(p) = Σ w_i·x_(i), w_i = I_{i/n}(a, b) − I_{(i−1)/n}(a, b), a = (n+1)p, b = (n+1)(1−p), I the
 * regularised incomplete beta function.
 */
public final class HarrellDavis {
  private final double[] weights;

  /**
   * Works the weights out, once for samples of one size.
   *
   * @param count number of values, at least 1
   * @param p quantile, in (0, 1)
   */
  public HarrellDavis(int count, double p) {
    if (count < 1 || !(p > 0 && p < 1)) {
      throw new IllegalArgumentException(
          "needs count >= 1 and p in (0, 1), was count=" + count + " p=" + p);
    }
    BetaDistribution beta = BetaDistribution.of((count + 1) * p, (count + 1) * (1 - p));
    weights = new double[count];
    // Twelve standard deviations off, a weight is below what a double can add to 1.
    double reach = 12 * Math.sqrt(p * (1 - p) / count) + 12.0 / count;
    double below = 0;
    for (int i = 0; i < count; i++) {
      double at = (i + 1.0) / count;
      double upTo =
          at < p - reach ? 0 : at > p + reach ? 1 : beta.cumulativeProbability(Math.min(1, at));
      weights[i] = upTo - below;
      below = upTo;
    }
  }

  /**
   * Returns the quantile.
   *
   * @param sorted ascending, as many values as were named; not modified
   */
  public double quantile(long[] sorted) {
    if (sorted.length != weights.length) {
      throw new IllegalArgumentException(
          "made for " + weights.length + " values, got " + sorted.length);
    }
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += weights[i] * sorted[i];
    }
    return sum;
  }

  /**
   * Returns a quantile of values in any order.
   *
   * @param values at least one; not modified
   * @param p in (0, 1)
   */
  public static double quantile(long[] values, double p) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return new HarrellDavis(sorted.length, p).quantile(sorted);
  }
}
