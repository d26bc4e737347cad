package io.stagemark.scoring.activation;

/** The rectifier, {@code max(x, 0)}. */
final class Relu {
  private Relu() {}

  /** Returns max(x, 0); NaN goes through. */
  public static double of(double x) {
    return Math.max(x, 0);
  }
}
