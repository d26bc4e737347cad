package io.stagemark.postprocess.decoder.dense;

/** The activations that decoders apply, in double, rounded once. */
public final class Activations {
  /** Of a threshold before the last step, which is compared after it again. */
  static final double MARGIN = 1e-3;

  private Activations() {}

  /** {@code 1 / (1 + e^−x)}, without overflow. */
  public static float sigmoid(float x) {
    if (x >= 0) {
      return (float) (1 / (1 + Math.exp(-x)));
    }
    double e = Math.exp(x);
    return (float) (e / (1 + e));
  }

  /**
   * Returns a logit that is a little below every one whose sigmoid is above a threshold: what it
   * drops cannot pass, what it keeps is compared after the sigmoid again.
   */
  public static float beforeSigmoid(double threshold) {
    double logit = Math.log(threshold / (1 - threshold));
    return (float) (logit - MARGIN * (1 + Math.abs(logit)));
  }
}
