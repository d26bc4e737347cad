package io.stagemark.postprocess.decoder;

/**
 * A number that a model card may give a decoder.
 *
 * @param name such as {@code unclip}
 * @param min smallest that makes sense
 * @param max largest
 * @param fallback what holds where the card says nothing
 */
public record DecoderParameter(String name, double min, double max, double fallback) {

  /** Returns whether a number is in the range; NaN is not. */
  public boolean allows(double value) {
    return value >= min && value <= max;
  }
}
