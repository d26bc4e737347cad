package io.stagemark.data;

import io.stagemark.data.object.ObjectMask;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.data.object.Outline;
import java.util.Optional;

/**
 * One true object.
 *
 * @param box where, in source-image pixels
 * @param classId index into the model's label map, from 0
 * @param areaPx the annotated area in square pixels (COCO's segmentation area, which is not the
 *     box's): it sorts the object into small, medium and large
 * @param crowd a region of many objects, neither to be found nor to be held against a detection
 * @param mask its pixels; empty where the data set has none or the model finds none
 * @param pose its key points; likewise
 * @param outline the rectangle around it that may be turned, four corners; likewise
 */
public record Annotation(
    Box box,
    int classId,
    double areaPx,
    boolean crowd,
    Optional<ObjectMask> mask,
    Optional<ObjectPose> pose,
    Optional<Outline> outline) {
  public Annotation {
    mask = mask == null ? Optional.empty() : mask; // absent in older files
    pose = pose == null ? Optional.empty() : pose;
    outline = outline == null ? Optional.empty() : outline;
  }

  /** A box with its pixels or key points. */
  public Annotation(
      Box box,
      int classId,
      double areaPx,
      boolean crowd,
      Optional<ObjectMask> mask,
      Optional<ObjectPose> pose) {
    this(box, classId, areaPx, crowd, mask, pose, Optional.empty());
  }

  /** A box alone. */
  public Annotation(Box box, int classId, double areaPx, boolean crowd) {
    this(box, classId, areaPx, crowd, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns the text that digests of data sets are made of: as it always was for a box alone. */
  @Override
  public String toString() {
    String parts =
        mask.map(each -> ", mask=" + each).orElse("")
            + pose.map(each -> ", pose=" + each).orElse("")
            + outline.map(each -> ", outline=" + each).orElse("");
    return "Annotation[box=%s, classId=%s, areaPx=%s, crowd=%s%s]"
        .formatted(box, classId, areaPx, crowd, parts);
  }
}
