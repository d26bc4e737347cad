package io.stagemark.dataset.coco;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.data.object.ObjectMask;
import io.stagemark.data.object.ObjectOutlines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The pixels of an object as a COCO file writes them: outlines, or runs along the columns.
 *
 * @param polygons each x, y, x, y, … in pixels; empty where there are runs
 * @param heightPx of the picture, for runs; 0 for outlines
 * @param widthPx of the picture, for runs; 0 for outlines
 * @param counts lengths of runs, the first of pixels that are none of the object's; empty where
 *     there are outlines
 */
public record CocoSegmentation(
    List<List<Double>> polygons, int heightPx, int widthPx, List<Integer> counts) {
  static final int MAX_SIDE_PX = ObjectMask.MAX_SIDE_PX;
  private static final int MIN_POLYGON_NUMBERS = 6;

  public CocoSegmentation {
    polygons = polygons.stream().map(List::copyOf).toList();
    counts = List.copyOf(counts);
  }

  /** Returns what a node says; empty if it is no segmentation. */
  static Optional<CocoSegmentation> of(JsonNode node) {
    return node.isArray() ? ofPolygons(node) : node.isObject() ? ofRuns(node) : Optional.empty();
  }

  private static Optional<CocoSegmentation> ofPolygons(JsonNode node) {
    List<List<Double>> polygons = new ArrayList<>();
    for (JsonNode each : node) {
      List<Double> numbers = new ArrayList<>();
      each.forEach(it -> numbers.add(it.isNumber() ? it.doubleValue() : Double.NaN));
      boolean fits =
          numbers.size() >= MIN_POLYGON_NUMBERS
              && numbers.size() % 2 == 0
              && numbers.stream().allMatch(it -> Math.abs(it) <= MAX_SIDE_PX);
      if (!each.isArray() || !fits) {
        return Optional.empty();
      }
      polygons.add(numbers);
    }
    return polygons.isEmpty()
        ? Optional.empty()
        : Optional.of(new CocoSegmentation(polygons, 0, 0, List.of()));
  }

  private static Optional<CocoSegmentation> ofRuns(JsonNode node) {
    int height = node.path("size").path(0).asInt(0);
    int width = node.path("size").path(1).asInt(0);
    JsonNode written = node.path("counts");
    Optional<List<Integer>> counts =
        written.isTextual() ? decoded(written.textValue()) : listed(written);
    boolean sized = height >= 1 && height <= MAX_SIDE_PX && width >= 1 && width <= MAX_SIDE_PX;
    if (!sized || counts.isEmpty()) {
      return Optional.empty();
    }
    long pixels = 0;
    for (int count : counts.get()) {
      pixels += count < 0 ? Integer.MIN_VALUE : count;
    }
    boolean whole = pixels == (long) height * width && pixels <= Integer.MAX_VALUE;
    return whole
        ? Optional.of(new CocoSegmentation(List.of(), height, width, counts.get()))
        : Optional.empty();
  }

  private static Optional<List<Integer>> listed(JsonNode list) {
    List<Integer> counts = new ArrayList<>();
    for (JsonNode each : list) {
      if (!each.canConvertToInt()) {
        return Optional.empty();
      }
      counts.add(each.intValue());
    }
    return list.isArray() ? Optional.of(counts) : Optional.empty();
  }

  private static Optional<List<Integer>> decoded(String text) {
    try {
      return Optional.of(Arrays.stream(ObjectMask.decoded(text)).boxed().toList());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // refused with its place
    }
  }

  /**
   * Returns the pixels in a picture.
   *
   * @param pictureHeightPx of the picture
   * @param pictureWidthPx of the picture
   * @throws IllegalArgumentException if the runs are of a picture of another size
   */
  public ObjectMask mask(int pictureHeightPx, int pictureWidthPx) {
    if (!polygons.isEmpty()) {
      return ObjectOutlines.mask(pictureHeightPx, pictureWidthPx, polygons);
    }
    if (heightPx != pictureHeightPx || widthPx != pictureWidthPx) {
      throw new IllegalArgumentException("a mask of %dx%d px".formatted(widthPx, heightPx));
    }
    int[] runs = counts.stream().mapToInt(Integer::intValue).toArray();
    return ObjectMask.of(heightPx, widthPx, runs, 0, runs.length);
  }
}
