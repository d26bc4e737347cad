package io.stagemark.report.chart;

/**
 * A rectangle of a picture, in px, y downwards.
 *
 * @param left smallest x
 * @param top smallest y
 * @param width to the right
 * @param height downwards
 */
public record Area(double left, double top, double width, double height) {
  public double right() {
    return left + width;
  }

  public double bottom() {
    return top + height;
  }

  /** Returns whether both have a point in common that is not on an edge. */
  public boolean overlaps(Area other) {
    return left < other.right()
        && other.left < right()
        && top < other.bottom()
        && other.top < bottom();
  }

  /** Returns whether the other is wholly in this one. */
  public boolean contains(Area other) {
    return other.left >= left
        && other.right() <= right()
        && other.top >= top
        && other.bottom() <= bottom();
  }
}
