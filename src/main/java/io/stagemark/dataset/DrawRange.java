package io.stagemark.dataset;

/**
 * Where random values of an input are drawn from.
 *
 * @param lowest value
 * @param highest value: exclusive for floating-point numbers, inclusive for integers
 */
public record DrawRange(double lowest, double highest) {
  /** What is drawn for an input that states nothing: [0, 1), or 0 and 1. */
  public static final DrawRange UNIT = new DrawRange(0, 1);

  public DrawRange {
    if (!(lowest <= highest)) {
      throw new IllegalArgumentException("no range: %s to %s".formatted(lowest, highest));
    }
  }
}
