package io.stagemark.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One element of a COCO list, read key by key; what is wrong is told with its place. */
final class CocoElement {
  private final CocoFile.Element element;
  private final FoundProblems problems;

  CocoElement(CocoFile.Element element, FoundProblems problems) {
    this.element = element;
    this.problems = problems;
  }

  String where(String key) {
    return element.where() + "." + key;
  }

  /** Returns an integer. */
  Optional<Long> whole(String key) {
    JsonNode node = element.node().path(key);
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Optional.of(node.longValue());
    }
    refuse(key, node, "a whole number", "\"%s\": 1".formatted(key));
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

  /** Returns the annotated area in square pixels. */
  Optional<Double> area() {
    JsonNode node = element.node().path("area");
    if (node.isNumber() && Double.isFinite(node.doubleValue()) && node.doubleValue() >= 0) {
      return Optional.of(node.doubleValue());
    }
    refuse(
        "area",
        node,
        "the annotated area in square pixels: it sorts small, medium and large",
        "\"area\": width times height, where nothing better is known");
    return Optional.empty();
  }

  /** Returns whether this is a crowd; pycocotools takes a missing key for no. */
  Optional<Boolean> crowd() {
    JsonNode node = element.node().path("iscrowd");
    if (node.isMissingNode() || (node.isIntegralNumber() && node.longValue() == 0)) {
      return Optional.of(false);
    }
    if (node.isIntegralNumber() && node.longValue() == 1) {
      return Optional.of(true);
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
