package io.stagemark.preprocess;

/**
 * Interleaved pixels to three planes of float32, by the arithmetic of {@link SplitAffine}: what
 * {@link FloatRows} does with tables, to the same bits. In blocks that stay in the first-level
 * cache.
 */
interface PlaneLoop {
  /** Pixels at a time. */
  int BLOCK = 1024;

  /** Bytes and floats that the arrays have more than a block: the lanes of a wide vector. */
  int PADDING = 64;

  /**
   * Takes the arithmetic.
   *
   * @param affines one a channel, in the pixels' order
   */
  void prepare(SplitAffine[] affines);

  /**
   * Computes a block.
   *
   * @param pixels three channels interleaved; {@link #PADDING} bytes longer than the last pixel
   * @param first pixel to take
   * @param count pixels, at most {@link #BLOCK}
   * @param planes gets channel c from {@code c · (BLOCK + PADDING)} on; values after {@code count}
   *     mean nothing
   */
  void compute(byte[] pixels, int first, int count, float[] planes);
}
