package io.stagemark.preprocess;

import java.util.Optional;

/**
 * A table of 256 floats written as float32 arithmetic that gives the same bits: {@code fma(v,
 * highA, highB) + fma(v, lowA, lowB)}.
 *
 * <p>The high parts have so few bits that the first term is exact; the second adds what is missing;
 * only the sum is rounded. That is the nearest float but for values very close to the middle
 * between two, so several splits are tried and each is compared with the whole table.
 *
 * @param highA slope, in a few bits
 * @param highB offset, a multiple of the slope's last bit
 * @param lowA rest of the slope
 * @param lowB rest of the offset
 */
record SplitAffine(float highA, float highB, float lowA, float lowB) {
  /** 8 bits of v and so many of the slope fill the 24 bits of a float. */
  private static final int MAX_BITS = 16;

  private static final int MIN_BITS = 6;

  /**
   * Returns the arithmetic that gives a table, or empty if no split does.
   *
   * @param table 256 values on a line, rounded
   * @param atZero the first before rounding
   * @param at255 the last before rounding
   */
  static Optional<SplitAffine> of(float[] table, double atZero, double at255) {
    double slope = (at255 - atZero) / 255;
    for (int bits = MAX_BITS; bits >= MIN_BITS && slope != 0; bits--) {
      double quantum = Math.scalb(1.0, Math.getExponent(slope) - bits + 1);
      double highA = Math.rint(slope / quantum) * quantum;
      double highB = Math.rint(atZero / quantum) * quantum;
      SplitAffine affine =
          new SplitAffine(
              (float) highA, (float) highB, (float) (slope - highA), (float) (atZero - highB));
      if (affine.matches(table)) {
        return Optional.of(affine);
      }
    }
    return Optional.empty();
  }

  /** Returns the value of an 8-bit pixel. */
  float value(int pixel) {
    return Math.fma((float) pixel, highA, highB) + Math.fma((float) pixel, lowA, lowB);
  }

  private boolean matches(float[] table) {
    for (int v = 0; v < 256; v++) {
      if (Float.floatToRawIntBits(value(v)) != Float.floatToRawIntBits(table[v])) {
        return false;
      }
    }
    return true;
  }
}
