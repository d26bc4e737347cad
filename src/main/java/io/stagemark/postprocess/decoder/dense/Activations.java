package io.stagemark.postprocess.decoder.dense;

/** The activations that decoders apply, in double, rounded once. */
public final class Activations {
  private Activations() {}

  /** {@code 1 / (1 + e^−x)}, without overflow. */
  public static float sigmoid(float x) {
    if (x >= 0) {
      return (float) (1 / (1 + Math.exp(-x)));
    }
    double e = Math.exp(x);
    return (float) (e / (1 + e));
  }
}
