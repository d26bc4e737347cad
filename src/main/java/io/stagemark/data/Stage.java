package io.stagemark.data;

import java.util.Locale;

/** A timed part of the pipeline, in the order that an example passes through. */
public enum Stage {
  /** Encoded file to decoded image (or tensors) in memory. */
  DECODE,
  /** Decoded image to the engine's input tensor: resize, colour order, normalise. */
  PREPROCESS,
  /** Input tensor to outputs that can be read on the host. */
  FORWARD,
  /** Outputs to the final result: box decoding, non-maximum suppression. */
  POSTPROCESS,
  /** One example in to the final result out, measured on its own. */
  TOTAL;

  /** Returns the name as reports print it, such as {@code forward}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
