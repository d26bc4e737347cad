package io.stagemark.postprocess;

import io.stagemark.data.Geometry;
import io.stagemark.data.object.ObjectMask;
import java.util.Arrays;

/** The masks of one slot as runs down the columns of the source image. Memory is reused. */
final class KeptMasks {
  private int heightPx;
  private int widthPx;
  private int[] runs = new int[1024];
  private int[] ends = new int[64];
  private int masks;
  private int size;
  private int firstRun;
  private int at;

  /** Starts an image without masks. */
  void start(Geometry geometry) {
    heightPx = geometry.sourceHeightPx();
    widthPx = geometry.sourceWidthPx();
    Math.multiplyExact(heightPx, widthPx);
    masks = 0;
    size = 0;
    firstRun = 0;
    at = 0;
  }

  /** Adds a pixel to the mask, behind those that it has: column · height + row. */
  void pixel(int index) {
    if (size > firstRun && index == at) {
      runs[size - 1]++;
    } else {
      reserve(size + 2);
      runs[size++] = index - at;
      runs[size++] = 1;
    }
    at = index + 1;
  }

  /** Ends the mask; the next pixel is of the next one. */
  void end() {
    int rest = heightPx * widthPx - at;
    if (rest > 0 || size == firstRun) {
      reserve(size + 1);
      runs[size++] = rest;
    }
    if (masks == ends.length) {
      ends = Arrays.copyOf(ends, 2 * masks);
    }
    ends[masks++] = size;
    firstRun = size;
    at = 0;
  }

  private void reserve(int needed) {
    if (needed > runs.length) {
      runs = Arrays.copyOf(runs, Math.max(needed, Math.multiplyExact(runs.length, 2)));
    }
  }

  /** Returns a mask of the image. */
  ObjectMask mask(int index) {
    return ObjectMask.of(heightPx, widthPx, runs, index == 0 ? 0 : ends[index - 1], ends[index]);
  }
}
