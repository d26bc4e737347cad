package io.stagemark.scoring.detection;

import io.stagemark.data.object.ConvexOverlap;
import io.stagemark.data.object.Outline;
import io.stagemark.data.object.SmallestRectangle;

/** A rectangle that may be turned, or what a stretched picture makes of one. */
public final class RotatedBox {
  private final double[] corners;

  private RotatedBox(double[] corners) {
    this.corners = corners;
  }

  /**
   * Returns the rectangle of an outline.
   *
   * @throws IllegalArgumentException if it has not four corners
   */
  public static RotatedBox of(Outline outline) {
    return new RotatedBox(SmallestRectangle.numbers(outline));
  }

  double areaPx() {
    return ConvexOverlap.area(corners, 0);
  }

  /**
   * Returns the area of the intersection over that of the union, or over this one's own area where
   * the other is a crowd.
   */
  double overlap(RotatedBox truth, boolean crowd) {
    ConvexOverlap overlap = new ConvexOverlap();
    double iou = overlap.iou(corners, truth.corners);
    if (!crowd) {
      return iou;
    }
    double own = areaPx();
    return own > 0 ? overlap.intersection(corners, 0, truth.corners, 0) / own : 0;
  }
}
