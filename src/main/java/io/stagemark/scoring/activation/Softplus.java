package io.stagemark.scoring.activation;

/** {@code softplus(x) = ln(1 + e^x)}: the cross entropy of a logit against target 0. */
public final class Softplus {
  private Softplus() {}

  /** Returns max(x, 0) + log1p(e^−|x|), which neither overflows nor cancels. */
  public static double of(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
