package io.stagemark.preprocess;

/**
 * Two rows of 8-bit pixels of three channels to one row of half as many: {@code (a + b + c + d + 2)
 * >> 2} of every 2x2, which is what OpenCV's bilinear and area resize by exactly 2 do.
 */
interface HalvingLoop {
  /** Bytes that the rows' array has more than the rows: those of a wide vector. */
  int PADDING = 66;

  /**
   * Averages.
   *
   * @param rows the upper row, then the lower one, then {@link #PADDING} bytes
   * @param first pixel of the result, counted from the row's beginning
   * @param count pixels of the result
   * @param into gets the pixels; what follows them means nothing
   * @param at byte of {@code into} that the first pixel gets
   */
  void average(byte[] rows, int first, int count, byte[] into, int at);
}
