package io.stagemark.scoring.activation;

/** {@code ln σ(x) = −softplus(−x)}. */
final class LogSigmoid {
  private LogSigmoid() {}

  /** Returns ln σ(x). */
  public static double of(double x) {
    return -Softplus.of(-x);
  }
}
