package io.stagemark.stats;

/**
 * A confidence interval. An end is infinite where the sample is too small for the confidence.
 *
 * @param low lower end
 * @param high upper end, not below {@code low}
 */
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "an interval needs low <= high, was [" + low + ", " + high + "]");
    }
  }

  /** The whole line: the interval of too few values. */
  public static final Interval UNKNOWN =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Returns whether it is inside (−margin, margin). */
  public boolean within(double margin) {
    return -margin < low && high < margin;
  }
}
