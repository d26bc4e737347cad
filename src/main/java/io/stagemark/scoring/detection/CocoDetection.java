package io.stagemark.scoring.detection;

import io.stagemark.data.Detection;

/**
 * One reported box as a COCO results file writes it.
 *
 * <p>Corner and size are kept as written: turning them into two corners and back would move the
 * overlap by a rounding, and with it a match that is exactly on a threshold.
 *
 * @param x left edge, in pixels
 * @param y top edge, in pixels
 * @param width in pixels
 * @param height in pixels
 * @param category the category's id
 * @param score confidence; larger is surer
 */
public record CocoDetection(
    double x, double y, double width, double height, int category, double score) {

  /** Returns the same box from corners. */
  public static CocoDetection of(Detection detection) {
    var box = detection.box();
    return new CocoDetection(
        box.left(),
        box.top(),
        box.right() - box.left(),
        box.bottom() - box.top(),
        detection.classId(),
        detection.score());
  }
}
