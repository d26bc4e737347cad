package io.stagemark.preprocess;

import io.stagemark.data.Geometry;

/** Where a place of the source image is in the model's input: the inverse of {@link Geometry}. */
final class ModelPlace {
  private ModelPlace() {}

  /** Returns the model x of a source x, in pixels. */
  static double x(Geometry geometry, double sourceX) {
    return sourceX * geometry.scaleX() + geometry.padLeftPx();
  }

  /** Returns the model y of a source y, in pixels. */
  static double y(Geometry geometry, double sourceY) {
    return sourceY * geometry.scaleY() + geometry.padTopPx();
  }
}
