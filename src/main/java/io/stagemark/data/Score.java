package io.stagemark.data;

/**
 * A figure over a data set.
 *
 * @param name such as {@code coco-ap} or {@code focal}
 * @param value in {@code unit}; NaN where it is not defined (no positives, no examples)
 * @param unit such as {@code nat} or {@code ratio}
 * @param lowerIsBetter true for losses
 * @param count number of examples in it
 */
public record Score(String name, double value, String unit, boolean lowerIsBetter, long count) {

  /** Returns the same figure under another name. */
  public Score named(String other) {
    return new Score(other, value, unit, lowerIsBetter, count);
  }
}
