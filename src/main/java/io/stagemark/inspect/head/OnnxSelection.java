package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Optional;

/**
 * Graphs that end in ONNX's NonMaxSuppression: boxes {@code [N, A, 4]}, scores {@code [N, classes,
 * A]} and the selected indices {@code [D, 3]} of image, class and box.
 */
final class OnnxSelection implements HeadFamily {
  private static final int INDICES = 3;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().size() != 3) {
      return List.of();
    }
    Optional<OutputSignature> selected =
        model.find(each -> !each.isFloat() && each.rank() == 2 && each.extent(1) == INDICES);
    Optional<OutputSignature> boxes =
        model.find(each -> each.isFloat() && each.rank() == 3 && each.extent(2) == 4);
    if (selected.isEmpty() || boxes.isEmpty()) {
      return List.of();
    }
    long candidates = boxes.get().extent(1);
    Optional<OutputSignature> scores =
        model.find(
            each ->
                each.isFloat()
                    && each.rank() == 3
                    && !each.equals(boxes.get())
                    && each.extent(2) == candidates);
    return scores
        .map(
            each ->
                List.of(
                    Head.detection(
                            "onnx-nms",
                            "boxes, scores and selected indices",
                            Grade.DERIVED,
                            "scores %s, boxes %s; %s holds rows of 3 whole numbers"
                                .formatted(
                                    each.shapeText(),
                                    boxes.get().shapeText(),
                                    selected.get().name()))
                        .classes(each.extent(1))
                        .decoder("onnx-nms")
                        .trap(
                            "the operator's boxes are y1, x1, y2, x2; some exports write x first")))
        .orElse(List.of());
  }
}
