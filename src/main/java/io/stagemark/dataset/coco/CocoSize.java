package io.stagemark.dataset.coco;

import io.stagemark.dataset.FoundProblems;
import io.stagemark.image.ImageHeader;
import java.util.Optional;

/**
 * The size that COCO JSON gives an image: its boxes are in those pixels.
 *
 * @param where the image's element in the JSON
 * @param widthPx in pixels
 * @param heightPx in pixels
 */
record CocoSize(String where, double widthPx, double heightPx) {

  /** Returns the size; empty where the element has none (pycocotools reads none). */
  static Optional<CocoSize> of(CocoFile.Element element) {
    double width = element.node().path("width").asDouble(Double.NaN);
    double height = element.node().path("height").asDouble(Double.NaN);
    return Double.isNaN(width) || Double.isNaN(height)
        ? Optional.empty()
        : Optional.of(new CocoSize(element.where(), width, height));
  }

  /** Reports boxes in other pixels than the decoded picture's. */
  void compare(String fileName, ImageHeader image, FoundProblems problems) {
    if (widthPx == image.widthPx() && heightPx == image.heightPx()) {
      return;
    }
    boolean stored =
        image.isTurned() && widthPx == image.storedWidthPx() && heightPx == image.storedHeightPx();
    problems.add(
        where,
        "%s px, while %s is of %s%s"
            .formatted(
                shown(widthPx) + "x" + shown(heightPx),
                fileName,
                image.size(),
                stored
                    ? " upright: its orientation tag turns it, and the JSON has the size as stored"
                    : ""),
        "the size of the picture as it is decoded: boxes are in its pixels",
        stored
            ? "annotate upright pictures, or take the tag out if they are upright without it:"
                + " exiftool -Orientation= FILE"
            : "the picture that was annotated (not a resized copy), or boxes in pixels of this one");
  }

  private static String shown(double px) {
    return px == Math.rint(px) ? Long.toString((long) px) : Double.toString(px);
  }
}
