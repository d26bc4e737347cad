package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.VectorApi;
import java.nio.FloatBuffer;

/**
 * Some rows of an output, copied to an array in one piece, which is scanned faster than a buffer.
 * Memory is reused.
 */
public final class RowBlock {
  /** Stays in the first-level cache. */
  private static final int FLOATS = 4096;

  private final int columns;
  private final RowScan scan = VectorApi.choose(RowScan.class, "RowScanVector", PlainRowScan::new);
  private final float[] block;

  /**
   * @param columns that are read of a row
   */
  public RowBlock(int columns) {
    this.columns = columns;
    this.block = new float[Math.max(FLOATS, columns)];
  }

  /** Returns how many rows of a width are copied at once, at least 1. */
  int atOnce(int width) {
    return Math.max(1, FLOATS / width);
  }

  /** Copies rows that follow each other, the last one as far as it is read. */
  void copy(FloatBuffer values, int at, int rows, int width) {
    int length = (rows - 1) * width + columns;
    values.get(at, block, 0, length);
  }

  /** Copies numbers that are so far from each other, 4096 at the most. */
  public void copyApart(FloatBuffer values, int at, int stride, int count) {
    if (stride == 1) {
      values.get(at, block, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      block[i] = values.get(at + i * stride);
    }
  }

  /** Copies one row whose numbers are apart. */
  void copyOne(FloatBuffer values, Numbers numbers, int slot, int row) {
    int at = numbers.index(slot, row);
    for (int c = 0; c < columns; c++) {
      block[c] = values.get(at + c * numbers.valueStride());
    }
  }

  /** Returns one number. */
  public float get(int at) {
    return block[at];
  }

  /** Returns whether any of some numbers is above a bound; NaN is not. */
  public boolean isAnyAbove(int from, int count, float bound) {
    return scan.isAnyAbove(block, from, count, bound);
  }

  /** Returns the largest of some numbers; NaN counts as −∞. */
  float largest(int from, int count) {
    float[] values = block;
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      largest = values[i] > largest ? values[i] : largest;
    }
    return largest;
  }
}
