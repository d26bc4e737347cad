package io.stagemark.preprocess;

/** Writes resized pixels, and the border around them, into the input tensor. */
interface PixelWriter {
  /**
   * Writes one image.
   *
   * @param slot image of the batch
   * @param pixels rows of {@code plan.resizedWidth()} pixels without gaps, channels interleaved as
   *     OpenCV orders them: B, G, R or grey
   * @param plan where they go
   */
  void write(int slot, FittedPixels pixels, FitPlan plan);
}
