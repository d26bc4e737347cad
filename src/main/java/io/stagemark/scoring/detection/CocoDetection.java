package io.stagemark.scoring.detection;

import io.stagemark.data.Detection;
import java.util.Optional;

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
 * @param mask its pixels, which are compared in place of the box; empty for a box
 * @param points its key points, which are compared in place of the box; empty for a box
 * @param rotated its rectangle, which is compared in place of the box; empty for a box
 */
public record CocoDetection(
    double x,
    double y,
    double width,
    double height,
    int category,
    double score,
    Optional<RunLengthMask> mask,
    Optional<KeyPoints> points,
    Optional<RotatedBox> rotated) {

  /** What may have pixels or key points. */
  public CocoDetection(
      double x,
      double y,
      double width,
      double height,
      int category,
      double score,
      Optional<RunLengthMask> mask,
      Optional<KeyPoints> points) {
    this(x, y, width, height, category, score, mask, points, Optional.empty());
  }

  /** A box. */
  public CocoDetection(
      double x, double y, double width, double height, int category, double score) {
    this(x, y, width, height, category, score, Optional.empty(), Optional.empty());
  }

  /** Pixels; their box plays no part. */
  public CocoDetection(int category, double score, RunLengthMask mask) {
    this(0, 0, 0, 0, category, score, Optional.of(mask), Optional.empty(), Optional.empty());
  }

  /** A rectangle that may be turned; its upright box plays no part. */
  public CocoDetection(int category, double score, RotatedBox rotated) {
    this(0, 0, 0, 0, category, score, Optional.empty(), Optional.empty(), Optional.of(rotated));
  }

  /** Key points, with the box around them all. */
  public CocoDetection(int category, double score, KeyPoints points) {
    this(
        points.left(),
        points.top(),
        points.right() - points.left(),
        points.bottom() - points.top(),
        category,
        score,
        Optional.empty(),
        Optional.of(points));
  }

  /** Returns the area by which a detection that finds nothing is sorted. */
  double areaPx() {
    if (mask.isPresent()) {
      return mask.get().areaPx();
    }
    return rotated.isPresent() ? rotated.get().areaPx() : width * height;
  }

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
