package io.stagemark.postprocess.decoder.dense;

import java.nio.FloatBuffer;

/** How a family writes boxes. */
@FunctionalInterface
public interface BoxCoding {
  /**
   * Computes the box of a candidate.
   *
   * @param numbers of an output, read with absolute access
   * @param at index of the candidate's first number
   * @param stride from a number to the next
   * @param candidate its index among all
   * @param edges takes left, top, right, bottom in model pixels
   */
  void decode(FloatBuffer numbers, int at, int stride, int candidate, float[] edges);

  /** Returns whether the numbers are logits of distributions. */
  default boolean isOfSoftmax() {
    return false;
  }

  /**
   * Returns the same boxes by the pixel convention of older code: right and bottom are the last
   * pixel inside, and a side is right − left + 1.
   */
  default BoxCoding toLastPixel() {
    return (numbers, at, stride, candidate, edges) -> {
      decode(numbers, at, stride, candidate, edges);
      edges[2] -= 1;
      edges[3] -= 1;
    };
  }

  /** Sets a box by its centre and size. */
  static void centred(float[] edges, float x, float y, float width, float height) {
    edges[0] = x - width / 2;
    edges[1] = y - height / 2;
    edges[2] = x + width / 2;
    edges[3] = y + height / 2;
  }
}
