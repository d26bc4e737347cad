package io.stagemark.dataset;

import io.stagemark.image.ImageHeader;

/**
 * The size that an annotation file gives an image: its boxes are in those pixels.
 *
 * @param where the place of the size in the file
 * @param widthPx in pixels
 * @param heightPx in pixels
 */
public record AnnotatedSize(String where, double widthPx, double heightPx) {

  /** Reports boxes in other pixels than the decoded picture's. */
  public void compare(String fileName, ImageHeader image, FoundProblems problems) {
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
                    ? " upright: its orientation tag turns it, and the annotations have the size as stored"
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
