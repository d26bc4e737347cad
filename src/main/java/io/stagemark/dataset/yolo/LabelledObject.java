package io.stagemark.dataset.yolo;

import io.stagemark.data.Annotation;
import io.stagemark.data.Box;
import io.stagemark.data.object.KeyPoint;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.data.object.ObjectOutlines;
import io.stagemark.data.object.ObjectPart;
import io.stagemark.data.object.ObjectPose;
import io.stagemark.data.object.Outline;
import io.stagemark.data.object.SmallestRectangle;
import io.stagemark.image.ImageHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A line of labels, which are ratios of the picture, in its pixels. */
final class LabelledObject {
  private LabelledObject() {}

  /**
   * Returns the object.
   *
   * @param parts what of it is read besides its box
   */
  static Annotation of(
      YoloLabels.Item item, ImageHeader image, int classId, Set<ObjectPart> parts) {
    Box box =
        new Box(
            item.box().left() * image.widthPx(),
            item.box().top() * image.heightPx(),
            item.box().right() * image.widthPx(),
            item.box().bottom() * image.heightPx());
    Optional<Outline> rotated =
        parts.contains(ObjectPart.ROTATED_BOX)
            ? Optional.of(rectangle(item, image, box))
            : Optional.empty();
    return new Annotation(
        box,
        classId,
        rotated.map(SmallestRectangle::area).orElse(box.area()),
        false,
        parts.contains(ObjectPart.MASK) ? mask(item, image) : Optional.empty(),
        parts.contains(ObjectPart.KEY_POINTS) ? pose(item, image) : Optional.empty(),
        rotated);
  }

  /**
   * Returns the smallest rectangle around the corners of a line, as Ultralytics makes one of four;
   * of a line that has a box, its four corners.
   */
  private static Outline rectangle(YoloLabels.Item item, ImageHeader image, Box box) {
    List<Outline.Corner> corners = new ArrayList<>();
    for (int i = 0; i < item.outline().size(); i += 2) {
      corners.add(
          new Outline.Corner(
              item.outline().get(i) * image.widthPx(),
              item.outline().get(i + 1) * image.heightPx()));
    }
    if (corners.isEmpty()) {
      corners.add(new Outline.Corner(box.left(), box.top()));
      corners.add(new Outline.Corner(box.right(), box.top()));
      corners.add(new Outline.Corner(box.right(), box.bottom()));
      corners.add(new Outline.Corner(box.left(), box.bottom()));
    }
    return SmallestRectangle.around(corners);
  }

  private static Optional<ObjectMask> mask(YoloLabels.Item item, ImageHeader image) {
    if (item.outline().isEmpty()) {
      return Optional.empty();
    }
    List<Double> pixels = new ArrayList<>();
    for (int i = 0; i < item.outline().size(); i += 2) {
      pixels.add(inside(item.outline().get(i), image.widthPx()));
      pixels.add(inside(item.outline().get(i + 1), image.heightPx()));
    }
    return Optional.of(ObjectOutlines.mask(image.heightPx(), image.widthPx(), List.of(pixels)));
  }

  /** Annotation tools round: a corner may be a little outside. */
  private static double inside(double ratio, int sidePx) {
    return Math.min(Math.max(ratio, 0), 1) * sidePx;
  }

  private static Optional<ObjectPose> pose(YoloLabels.Item item, ImageHeader image) {
    if (item.points().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectPose(
            item.points().stream()
                .map(
                    each ->
                        new KeyPoint(
                            each.x() * image.widthPx(),
                            each.y() * image.heightPx(),
                            each.visibility()))
                .toList()));
  }
}
