package io.stagemark.dataset.coco;

import io.stagemark.data.Box;
import java.util.List;
import java.util.Optional;

/**
 * One annotated object of a COCO file, its box as written there.
 *
 * @param image id of its image
 * @param category id of its category
 * @param where such as {@code instances.json:12: annotations[3]}
 * @param left in pixels
 * @param top in pixels
 * @param width in pixels, at least 0
 * @param height in pixels, at least 0
 * @param areaPx annotated area in square pixels; width times height where the file has none
 * @param crowd whether it is a region of many objects
 * @param segmentation its pixels; empty unless they were asked for
 * @param keyPoints x, y and visibility of each; empty unless they were asked for
 */
public record CocoObject(
    long image,
    int category,
    String where,
    double left,
    double top,
    double width,
    double height,
    double areaPx,
    boolean crowd,
    Optional<CocoSegmentation> segmentation,
    List<Double> keyPoints) {
  public CocoObject {
    keyPoints = List.copyOf(keyPoints);
  }

  /** Returns the box by its edges. */
  Box box() {
    return new Box(left, top, left + width, top + height);
  }
}
