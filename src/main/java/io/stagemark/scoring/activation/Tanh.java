package io.stagemark.scoring.activation;

/** The hyperbolic tangent, into (−1, 1), zero-centred. */
final class Tanh {
  private Tanh() {}

  /** Returns tanh(x). */
  public static double of(double x) {
    return Math.tanh(x);
  }

  /** Returns tanh'(x) = sech²(x) = 4u / (1 + u)² with u = e^−2|x|: 1 − tanh² would cancel. */
  public static double derivative(double x) {
    double u = Math.exp(-2 * Math.abs(x));
    return 4 * u / ((1 + u) * (1 + u));
  }
}
