package io.stagemark.scoring.activation;

/** The rectifier, {@code max(x, 0)}. */
final class Relu {
  private Relu() {}

  /** Returns max(x, 0); NaN goes through. */
  public static double of(double x) {
    return Math.max(x, 0);
  }

  /** Returns 1 above zero and 0 elsewhere (at zero too, as PyTorch); NaN goes through. */
  public static double derivative(double x) {
    return x > 0 ? 1 : Double.isNaN(x) ? x : 0;
  }
}
