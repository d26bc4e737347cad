package io.stagemark.scoring.detection;

import io.stagemark.data.Annotation;
import java.util.Optional;

/**
 * One true object as a COCO annotation file writes it.
 *
 * @param x left edge, in pixels
 * @param y top edge, in pixels
 * @param width in pixels
 * @param height in pixels
 * @param category the category's id
 * @param areaPx the file's area in square pixels, which is not always width × height
 * @param crowd a region of many objects
 * @param mask its pixels, for detections that have such; empty for a box
 * @param points its key points, for detections that have such; empty for a box
 * @param rotated its rectangle, for detections that have such; empty for a box
 */
public record CocoTruth(
    double x,
    double y,
    double width,
    double height,
    int category,
    double areaPx,
    boolean crowd,
    Optional<RunLengthMask> mask,
    Optional<KeyPoints> points,
    Optional<RotatedBox> rotated) {

  /** What may have pixels or key points. */
  public CocoTruth(
      double x,
      double y,
      double width,
      double height,
      int category,
      double areaPx,
      boolean crowd,
      Optional<RunLengthMask> mask,
      Optional<KeyPoints> points) {
    this(x, y, width, height, category, areaPx, crowd, mask, points, Optional.empty());
  }

  /** A box. */
  public CocoTruth(
      double x, double y, double width, double height, int category, double areaPx, boolean crowd) {
    this(x, y, width, height, category, areaPx, crowd, Optional.empty(), Optional.empty());
  }

  /** Returns the same object with what is compared in place of its box. */
  CocoTruth with(Optional<RunLengthMask> pixels, Optional<KeyPoints> keyPoints) {
    return new CocoTruth(x, y, width, height, category, areaPx, crowd, pixels, keyPoints);
  }

  /** Returns the same object with a rectangle that is compared in place of its box. */
  CocoTruth with(RotatedBox rectangle) {
    return new CocoTruth(
        x,
        y,
        width,
        height,
        category,
        areaPx,
        crowd,
        Optional.empty(),
        Optional.empty(),
        Optional.of(rectangle));
  }

  /** Returns whether it need not be found, whatever its area. */
  boolean ignored() {
    return crowd || points.filter(it -> !it.isLabelled()).isPresent();
  }

  /** Returns the same object from corners. */
  public static CocoTruth of(Annotation annotation) {
    var box = annotation.box();
    return new CocoTruth(
        box.left(),
        box.top(),
        box.right() - box.left(),
        box.bottom() - box.top(),
        annotation.classId(),
        annotation.areaPx(),
        annotation.crowd());
  }
}
