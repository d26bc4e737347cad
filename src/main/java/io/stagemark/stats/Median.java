package io.stagemark.stats;

import java.util.Arrays;

/** The median: the middle value, or the mean of the middle two for an even count. */
public final class Median {
  private Median() {}

  /**
   * Returns the median of values, which stay as they are.
   *
   * @param values at least one
   */
  public static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted);
  }

  /**
   * Returns the median of values, which stay as they are.
   *
   * @param values at least one
   */
  public static double of(long[] values) {
    return of(Arrays.stream(values).asDoubleStream().toArray());
  }

  /**
   * Returns the median of values in ascending order.
   *
   * @param sorted at least one
   */
  static double ofSorted(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
