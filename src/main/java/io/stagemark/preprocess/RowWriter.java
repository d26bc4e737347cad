package io.stagemark.preprocess;

/** Writes rows of one element type and layout into the input tensor. */
interface RowWriter {

  /** Fills a whole row with the border. */
  void border(int slot, int y);

  /**
   * Writes pixels, and the border left and right of them.
   *
   * @param pixels interleaved 8-bit channels as OpenCV orders them: B, G, R or grey
   * @param from first pixel of {@code pixels} to take
   * @param left model x of the first pixel written
   * @param count pixels to write
   */
  void pixels(int slot, int y, byte[] pixels, int from, int left, int count);
}
