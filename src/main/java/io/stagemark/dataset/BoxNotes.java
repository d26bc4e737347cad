package io.stagemark.dataset;

import io.stagemark.data.Box;
import io.stagemark.image.ImageHeader;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks whether true boxes can be in the pixels of their pictures. COCO JSON need not say how large
 * the pictures were that were annotated, and boxes in other units are valid JSON all the same: the
 * scores would be 0, or nonsense.
 */
public final class BoxNotes {
  /** Annotation tools round, and pad by a pixel. */
  private static final double MAX_BEYOND_PX = 2;

  private final List<String> beyond = new ArrayList<>();
  private int boxes;
  private int withinOnePixel;

  /** Looks at the boxes of one picture. */
  public void look(String fileName, ImageHeader image, List<Box> found) {
    for (Box each : found) {
      boxes++;
      if (each.left() >= 0 && each.top() >= 0 && each.right() <= 1 && each.bottom() <= 1) {
        withinOnePixel++;
      }
      if (each.left() < -MAX_BEYOND_PX
          || each.top() < -MAX_BEYOND_PX
          || each.right() > image.widthPx() + MAX_BEYOND_PX
          || each.bottom() > image.heightPx() + MAX_BEYOND_PX) {
        beyond.add(fileName);
      }
    }
  }

  /**
   * Adds a note where detections cannot be scored as the file is.
   *
   * @param json the annotation file's name
   */
  public void addTo(FoundNotes notes, String json) {
    if (boxes == 0) {
      notes.add(json + ": no box on any of the pictures: detections cannot be scored");
    } else if (withinOnePixel == boxes) {
      notes.add(
          json
              + ": every box is within one pixel: a bbox is [x, y, width, height] in pixels, not"
              + " in ratios of the picture");
    }
    String found =
        "of %d boxes, %d %s beyond the picture: in pixels of another size, or [left, top, right,"
                .formatted(boxes, beyond.size(), beyond.size() == 1 ? "reaches" : "reach")
            + " bottom] in place of [x, y, width, height]?";
    notes.count(json, found, found, beyond.stream().distinct().toList());
  }
}
