package io.stagemark.postprocess.decoder;

import java.util.Arrays;

/** Cells of feature maps, one stride after the other, row by row. */
final class StrideGrid {
  private final float[] cellX;
  private final float[] cellY;
  private final float[] stride;

  StrideGrid(int inputWidth, int inputHeight, int... strides) {
    int cells =
        Arrays.stream(strides).map(s -> columns(inputWidth, s) * columns(inputHeight, s)).sum();
    cellX = new float[cells];
    cellY = new float[cells];
    stride = new float[cells];
    int cell = 0;
    for (int s : strides) {
      for (int y = 0; y < columns(inputHeight, s); y++) {
        for (int x = 0; x < columns(inputWidth, s); x++) {
          cellX[cell] = x;
          cellY[cell] = y;
          stride[cell++] = s;
        }
      }
    }
  }

  private StrideGrid(int cells) {
    cellX = new float[cells];
    cellY = new float[cells];
    stride = new float[cells];
  }

  /** A grid that leaves model pixels as they are. */
  static StrideGrid none(int cells) {
    return new StrideGrid(cells);
  }

  private static int columns(int extent, int stride) {
    return (extent + stride - 1) / stride;
  }

  int cells() {
    return stride.length;
  }

  /** Returns the model x of a centre given on the grid. */
  float x(int cell, float value) {
    return stride[cell] == 0 ? value : (value + cellX[cell]) * stride[cell];
  }

  /** Returns the model y of a centre given on the grid. */
  float y(int cell, float value) {
    return stride[cell] == 0 ? value : (value + cellY[cell]) * stride[cell];
  }

  /** Returns a side in model pixels, given as the logarithm of strides. */
  float size(int cell, float value) {
    return stride[cell] == 0 ? value : (float) Math.exp(value) * stride[cell];
  }
}
