package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * Boxes column by column, for loops that run along them {@link #BLOCK} at a time. Entries that hold
 * no box are neutral: they overlap nothing, so a loop may run on to the end of a block.
 */
final class BoxColumns {
  /** Capacity is a multiple of this; at least the lanes of any vector that reads the columns. */
  static final int BLOCK = 16;

  float[] left = new float[0];
  float[] top = new float[0];
  float[] right = new float[0];
  float[] bottom = new float[0];
  float[] area = new float[0];
  private int size;

  /** Returns the number of entries. */
  int size() {
    return size;
  }

  /** Makes every entry neutral. */
  void clear() {
    neutralise(0, roundUp(size));
    size = 0;
  }

  /** Appends the box of {@code probe}. */
  void add(Probe probe) {
    reserve(size + 1);
    set(size++, probe);
  }

  /** Appends {@link #BLOCK} neutral entries and returns the index of the first. */
  int addBlock() {
    int start = size;
    reserve(size + BLOCK);
    neutralise(start, start + BLOCK);
    size += BLOCK;
    return start;
  }

  /** Sets an entry to the box of {@code probe}. */
  void set(int index, Probe probe) {
    left[index] = probe.left;
    top[index] = probe.top;
    right[index] = probe.right;
    bottom[index] = probe.bottom;
    area[index] = probe.area;
  }

  private void reserve(int capacity) {
    int old = left.length;
    if (capacity > old) {
      int larger = roundUp(Math.max(Math.max(capacity, 2 * old), 4 * BLOCK));
      left = Arrays.copyOf(left, larger);
      top = Arrays.copyOf(top, larger);
      right = Arrays.copyOf(right, larger);
      bottom = Arrays.copyOf(bottom, larger);
      area = Arrays.copyOf(area, larger);
      neutralise(old, larger);
    }
  }

  private void neutralise(int from, int to) {
    Arrays.fill(left, from, to, Float.POSITIVE_INFINITY);
    Arrays.fill(top, from, to, Float.POSITIVE_INFINITY);
    Arrays.fill(right, from, to, Float.NEGATIVE_INFINITY);
    Arrays.fill(bottom, from, to, Float.NEGATIVE_INFINITY);
    Arrays.fill(area, from, to, Float.NaN);
  }

  private static int roundUp(int entries) {
    return (entries + BLOCK - 1) / BLOCK * BLOCK;
  }
}
