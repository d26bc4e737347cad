package io.stagemark.scoring.loss;

/**
 * Losses of one example from class probabilities, where {@link CrossEntropy}, {@link
 * LabelSmoothing} and {@link FocalMulticlass} read logits. With {@code ce_c = −max(ln p_c, −100)},
 * clamped as {@link Bce} is:
 *
 * <pre>
 *   cross entropy    ce_y
 *   label smoothing  (1 − ε) ce_y + ε / C · Σ_c ce_c      ε = 0.1
 *   focal            (1 − p_y)^γ ce_y                     γ = 2, α = 1
 * </pre>
 */
public final class ProbabilityLosses {
  private static final double CLAMP = 100;
  private static final double SMOOTHING = 0.1;

  private ProbabilityLosses() {}

  /**
   * Returns the cross entropy, in nats.
   *
   * @param row one probability a class, in [0, 1]
   * @param right the right class
   */
  public static double crossEntropy(double[] row, int right) {
    return -Math.max(Math.log(row[right]), -CLAMP);
  }

  /** Returns the cross entropy with smoothed labels, in nats; as {@link #crossEntropy}. */
  public static double labelSmoothing(double[] row, int right) {
    double sum = 0;
    for (int c = 0; c < row.length; c++) {
      sum += crossEntropy(row, c);
    }
    return (1 - SMOOTHING) * crossEntropy(row, right) + SMOOTHING / row.length * sum;
  }

  /** Returns the focal loss, in nats; as {@link #crossEntropy}. */
  public static double focal(double[] row, int right) {
    double miss = 1 - row[right];
    return miss * miss * crossEntropy(row, right);
  }
}
