package io.stagemark.stats;

import java.util.Arrays;

/**
 * The one-sample estimator of Hodges and Lehmann: the median of the Walsh averages (x_i + x_j)/2, i
 * ≤ j.
 *
 * <p>Source: Hodges and Lehmann, Estimates of location based on rank tests, Annals of Mathematical
 * Statistics 34 (1963).
 */
public final class HodgesLehmann {
  private HodgesLehmann() {}

  /**
   * Returns the estimate of the centre.
   *
   * @param values finite, at least one; not modified
   */
  public static double estimate(double[] values) {
    double[] walsh = walshAverages(values);
    int n = walsh.length;
    return n % 2 == 1 ? walsh[n / 2] : (walsh[n / 2 - 1] + walsh[n / 2]) / 2;
  }

  /** Returns the n(n+1)/2 averages of pairs, each value with itself too, ascending. */
  static double[] walshAverages(double[] values) {
    int n = values.length;
    if (n == 0) {
      throw new IllegalArgumentException("needs at least one value");
    }
    double[] walsh = new double[n * (n + 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        if (!Double.isFinite(values[i] + values[j])) {
          throw new IllegalArgumentException("values must be finite: " + Arrays.toString(values));
        }
        walsh[at++] = (values[i] + values[j]) / 2;
      }
    }
    Arrays.sort(walsh);
    return walsh;
  }
}
