package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.Geometry;

/** Boxes of all candidates, mapped from model to source pixels as they are set. */
final class DenseBoxes {
  private final Geometry geometry;
  private final double[] edges;

  DenseBoxes(int candidates, Geometry geometry) {
    this.geometry = geometry;
    this.edges = new double[4 * candidates];
  }

  /** Sets a box by its corners in model pixels. */
  void corners(int candidate, double left, double top, double right, double bottom) {
    edges[4 * candidate] = geometry.sourceX(left);
    edges[4 * candidate + 1] = geometry.sourceY(top);
    edges[4 * candidate + 2] = geometry.sourceX(right);
    edges[4 * candidate + 3] = geometry.sourceY(bottom);
  }

  /** Sets a box by its centre and size in model pixels. */
  void centred(int candidate, double x, double y, double width, double height) {
    corners(candidate, x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** Returns left, top, right, bottom of each candidate in source pixels. */
  double[] edges() {
    return edges;
  }
}
