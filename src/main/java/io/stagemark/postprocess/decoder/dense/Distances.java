package io.stagemark.postprocess.decoder.dense;

import java.nio.FloatBuffer;

/**
 * Boxes as distances from a cell's centre to left, top, right and bottom, in sizes of the cell. A
 * distance is one number, or the mean of a softmax over bins 0, 1, … (the integral of Li et al.,
 * Generalized Focal Loss, 2020, <a href="https://arxiv.org/abs/2006.04388">arXiv:2006.04388</a>).
 */
public final class Distances implements BoxCoding {
  private final Places cells;
  private final int bins;

  /**
   * @param cells their sizes are what a distance of 1 is
   * @param bins of a distance; 1: it is a number
   */
  public Distances(Places cells, int bins) {
    this.cells = cells;
    this.bins = bins;
  }

  @Override
  public void decode(FloatBuffer numbers, int at, int stride, int candidate, float[] edges) {
    float x = cells.x(candidate);
    float y = cells.y(candidate);
    float width = cells.width(candidate);
    float height = cells.height(candidate);
    edges[0] = (float) (x - width * distance(numbers, at, stride, 0));
    edges[1] = (float) (y - height * distance(numbers, at, stride, 1));
    edges[2] = (float) (x + width * distance(numbers, at, stride, 2));
    edges[3] = (float) (y + height * distance(numbers, at, stride, 3));
  }

  private double distance(FloatBuffer numbers, int at, int stride, int side) {
    int first = at + side * bins * stride;
    if (bins == 1) {
      return numbers.get(first);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int b = 0; b < bins; b++) {
      largest = Math.max(largest, numbers.get(first + b * stride));
    }
    double sum = 0;
    double weighted = 0;
    for (int b = 0; b < bins; b++) {
      double e = Math.exp(numbers.get(first + b * stride) - largest);
      sum += e;
      weighted += b * e;
    }
    return weighted / sum;
  }

  @Override
  public boolean isOfSoftmax() {
    return bins > 1;
  }
}
