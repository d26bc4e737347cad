package io.stagemark.scoring.kernel;

/**
 * The inner loops of the losses over logits, in double. Two implementations agree within 1e-14
 * relative; {@link LogitKernels} chooses. Terms whose weight is exactly 0 are 0 even where the rest
 * is infinite; NaN goes through. Stateless.
 */
public interface LogitKernel {

  /** Returns how many doubles one instruction handles; 1 in plain Java. */
  int lanes();

  /**
   * Returns the sum of binary cross entropies of the elements {@code from} to {@code to} with
   * targets {@code t}: {@code t·softplus(−x) + (1−t)·softplus(x)}.
   */
  double bce(float[] x, float[] t, int from, int to);

  /** Returns the sum of focal terms of the elements {@code from} to {@code to}. */
  double focal(float[] x, float[] t, int from, int to, FocalForm form);

  /**
   * Adds terms whose target is 0, with cross entropy {@code softplus(x)} and {@code 1 − p_t =
   * σ(x)}.
   *
   * @param sums {@code [0]} takes the cross entropies, {@code [1]} those times {@code (1 − p_t)^γ}
   */
  void negativeLogits(double[] x, int count, double gamma, double[] sums);

  /**
   * Adds terms whose target is 0 from probabilities, with cross entropy {@code −max(ln(1−p), −100)}
   * and {@code 1 − p_t = p}; {@code sums} as above.
   */
  void negativeProbabilities(double[] p, int count, double gamma, double[] sums);
}
