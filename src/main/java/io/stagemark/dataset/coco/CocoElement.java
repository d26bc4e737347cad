package io.stagemark.dataset.coco;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagemark.dataset.FoundProblems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One element of a COCO list, read key by key; what is wrong is reported with its place. */
final class CocoElement {
  /** The key of an object's pixels. */
  static final String SEGMENTATION = "segmentation";

  /** The key of an object's key points. */
  static final String KEY_POINTS = "keypoints";

  private static final int MAX_KEY_POINTS = 10_000;

  /** Up to here a double holds every whole number exactly. */
  private static final double MAX_EXACT = 1L << 53;

  private final CocoFile.Element element;
  private final FoundProblems problems;

  CocoElement(CocoFile.Element element, FoundProblems problems) {
    this.element = element;
    this.problems = problems;
  }

  String where(String key) {
    return element.where() + "." + key;
  }

  /** Returns whether the key is there and not null. */
  boolean has(String key) {
    return element.node().hasNonNull(key);
  }

  /** Returns whether the key is there, not null and no empty list. */
  boolean hasSome(String key) {
    return has(key) && !(element.node().get(key).isArray() && element.node().get(key).isEmpty());
  }

  /** Returns an integer; {@code 1.0} is one, as pandas writes them. */
  Optional<Long> whole(String key) {
    JsonNode node = element.node().path(key);
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Optional.of(node.longValue());
    }
    double value = node.isFloatingPointNumber() ? node.doubleValue() : Double.NaN;
    if (value == Math.rint(value) && Math.abs(value) <= MAX_EXACT) {
      return Optional.of((long) value);
    }
    refuse(key, node, "a whole number", "\"%s\": 1".formatted(key));
    return Optional.empty();
  }

  /** Returns an integer of 32 bits, such as a category's id. */
  Optional<Integer> whole32(String key) {
    Optional<Long> whole = whole(key);
    if (whole.isPresent() && whole.get() != whole.get().intValue()) {
      refuse(
          key, element.node().path(key), "a whole number of 32 bits", "\"%s\": 1".formatted(key));
      return Optional.empty();
    }
    return whole.map(Long::intValue);
  }

  /** Returns a finite number. */
  Optional<Double> number(String key) {
    JsonNode node = element.node().path(key);
    if (node.isNumber() && Double.isFinite(node.doubleValue())) {
      return Optional.of(node.doubleValue());
    }
    refuse(key, node, "a finite number", "\"%s\": 0.5".formatted(key));
    return Optional.empty();
  }

  /** Returns text that is not blank. */
  Optional<String> text(String key, String example) {
    JsonNode node = element.node().path(key);
    if (node.isTextual() && !node.textValue().isBlank()) {
      return Optional.of(node.textValue());
    }
    refuse(key, node, "text", "\"%s\": \"%s\"".formatted(key, example));
    return Optional.empty();
  }

  /** Returns left, top, width and height in pixels. */
  Optional<List<Double>> box() {
    JsonNode node = element.node().path("bbox");
    List<Double> values = new ArrayList<>();
    node.forEach(each -> values.add(each.isNumber() ? each.doubleValue() : Double.NaN));
    boolean fits =
        node.isArray()
            && values.size() == 4
            && values.stream().allMatch(Double::isFinite)
            && values.get(2) >= 0
            && values.get(3) >= 0
            && Double.isFinite(values.get(0) + values.get(2))
            && Double.isFinite(values.get(1) + values.get(3));
    if (fits) {
      return Optional.of(values);
    }
    refuse(
        "bbox",
        node,
        "4 finite numbers: left, top, width, height in pixels, neither size negative",
        "\"bbox\": [173, 17, 239, 291]");
    return Optional.empty();
  }

  /**
   * Returns the annotated area in square pixels.
   *
   * @param otherwise the area where the file has none
   */
  Optional<Double> area(double otherwise) {
    JsonNode node = element.node().path("area");
    if (!has("area")) {
      return Optional.of(otherwise);
    }
    if (node.isNumber() && Double.isFinite(node.doubleValue()) && node.doubleValue() >= 0) {
      return Optional.of(node.doubleValue());
    }
    refuse(
        "area",
        node,
        "the annotated area in square pixels, at least 0: it sorts small, medium and large",
        "leave the key out: the area is then width times height");
    return Optional.empty();
  }

  /** Returns x, y and visibility of each key point. */
  Optional<List<Double>> keyPoints() {
    JsonNode node = element.node().path(KEY_POINTS);
    List<Double> numbers = new ArrayList<>();
    node.forEach(each -> numbers.add(each.isNumber() ? each.doubleValue() : Double.NaN));
    boolean fits =
        node.isArray()
            && !numbers.isEmpty()
            && numbers.size() % 3 == 0
            && numbers.size() <= 3 * MAX_KEY_POINTS
            && numbers.stream().allMatch(Double::isFinite);
    if (!fits) {
      refuse(
          KEY_POINTS,
          node,
          "three finite numbers for each key point: x, y, visibility",
          "\"keypoints\": [120, 80, 2, 0, 0, 0]");
      return Optional.empty();
    }
    return Optional.of(numbers);
  }

  /** Returns a side of an image in pixels. */
  Optional<Integer> side(String key) {
    Optional<Integer> side = whole32(key);
    if (side.isPresent() && (side.get() < 1 || side.get() > CocoSegmentation.MAX_SIDE_PX)) {
      refuse(
          key,
          element.node().path(key),
          "pixels from 1 to " + CocoSegmentation.MAX_SIDE_PX,
          "\"%s\": 480".formatted(key));
      return Optional.empty();
    }
    return side;
  }

  /** Returns the pixels of an object. */
  Optional<CocoSegmentation> segmentation() {
    JsonNode node = element.node().path(SEGMENTATION);
    Optional<CocoSegmentation> found = CocoSegmentation.of(node);
    if (found.isEmpty()) {
      refuse(
          SEGMENTATION,
          node,
          "outlines of three corners or more, or size and counts of as many pixels",
          "\"segmentation\": [[10, 10, 50, 10, 50, 40]]");
    }
    return found;
  }

  /** Returns whether this is a crowd; pycocotools takes a missing key for no. */
  Optional<Boolean> crowd() {
    JsonNode node = element.node().path("iscrowd");
    if (!has("iscrowd")) {
      return Optional.of(false);
    }
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    if (node.isNumber() && (node.doubleValue() == 0 || node.doubleValue() == 1)) {
      return Optional.of(node.doubleValue() == 1);
    }
    refuse("iscrowd", node, "0 or 1 (default 0)", "\"iscrowd\": 0");
    return Optional.empty();
  }

  private void refuse(String key, JsonNode found, String expected, String tryThis) {
    String text = found.isMissingNode() ? "nothing: the key is missing" : found.toString();
    problems.add(
        where(key), text.length() > 60 ? text.substring(0, 60) + "…" : text, expected, tryThis);
  }
}
