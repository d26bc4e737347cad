package io.stagemark.data.object;

import java.util.List;

/**
 * A polygon around a slanted object, such as a line of text: what its upright box is made of.
 *
 * @param corners in order around it, at least three
 */
public record Outline(List<Corner> corners) {
  public Outline {
    corners = List.copyOf(corners);
    if (corners.size() < 3) {
      throw new IllegalArgumentException("an outline needs at least 3 corners, got " + corners);
    }
  }

  /**
   * A corner.
   *
   * @param x in source-image pixels
   * @param y in source-image pixels
   */
  public record Corner(double x, double y) {}
}
