package io.stagemark.scoring.activation;

/** The logistic function, {@code σ(x) = 1 / (1 + e^−x)}, into (0, 1). */
public final class Sigmoid {
  private Sigmoid() {}

  /** Returns σ(x) without overflow: e^x / (1 + e^x) below zero. */
  public static double of(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }
}
