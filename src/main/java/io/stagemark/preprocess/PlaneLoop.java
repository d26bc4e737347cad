package io.stagemark.preprocess;

import java.nio.ByteBuffer;

/**
 * Interleaved pixels to three planes of float32 in the tensor's memory, by the arithmetic of {@link
 * SplitAffine}: what {@link FloatRows} does with tables, to the same bits.
 */
interface PlaneLoop {
  /** Pixels that the pixel array has more than are written: the lanes of a wide vector. */
  int PADDING = 64;

  /**
   * Takes the arithmetic and the offsets of the planes.
   *
   * @param affines one a channel, in the pixels' order
   * @param target gets the planes, in native byte order
   * @param planes index of the float that each channel's plane begins at, in the pixels' order
   */
  void prepare(SplitAffine[] affines, ByteBuffer target, int[] planes);

  /** Returns the fewest pixels that {@link #write} takes: the lanes of two vectors. */
  int lanes();

  /**
   * Writes pixels.
   *
   * @param pixels three channels interleaved; {@link #PADDING} pixels longer than the last one
   * @param first pixel to take
   * @param count pixels, at least {@link #lanes}
   * @param at index in each plane of the first pixel's float
   * @throws IndexOutOfBoundsException if any of that is outside; nothing is written then
   */
  void write(byte[] pixels, int first, int count, int at);
}
