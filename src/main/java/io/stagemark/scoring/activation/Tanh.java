package io.stagemark.scoring.activation;

/** The hyperbolic tangent, into (−1, 1), zero-centred. */
final class Tanh {
  private Tanh() {}

  /** Returns tanh(x). */
  public static double of(double x) {
    return Math.tanh(x);
  }
}
