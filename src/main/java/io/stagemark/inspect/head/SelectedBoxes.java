package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Optional;

/**
 * Detectors whose selection is inside the graph and whose outputs are apart: boxes, scores, labels,
 * sometimes their number.
 *
 * <ul>
 *   <li>TensorFlow's object detection: outputs named {@code detection_boxes} and so on; top, left,
 *       bottom, right as fractions, classes from 1.
 *   <li>TensorRT's EfficientNMS: {@code num_dets}, {@code det_boxes}, {@code det_scores}, {@code
 *       det_classes}.
 *   <li>YOLO-NAS {@code export()}, batch format: number, boxes, scores, classes.
 *   <li>torchvision: boxes {@code [D, 4]}, labels {@code [D]}, scores {@code [D]}, without a batch
 *       axis; Mask R-CNN and Keypoint R-CNN have more.
 *   <li>SSD of the ONNX model zoo: bboxes {@code [N, D, 4]}, labels {@code [N, D]}, scores {@code
 *       [N, D]}.
 * </ul>
 */
final class SelectedBoxes implements HeadFamily {

  @Override
  public List<Head> match(HeadContext model) {
    if (model.outputs().size() < 3 || model.inputs().size() != 1) {
      return List.of();
    }
    if (model.named("detection_boxes").isPresent() && model.named("detection_scores").isPresent()) {
      return List.of(
          head("tf-od", "TensorFlow object detection", Grade.STATED, "names of the outputs")
              .decoder("tf-od")
              .trap("boxes are top, left, bottom, right as fractions; classes count from 1"));
    }
    if (model.trace().has("EfficientNMS_TRT")
        || (model.named("num_det").isPresent() && model.named("det_boxes").isPresent())) {
      return List.of(
          head("efficient-nms", "EfficientNMS outputs", Grade.STATED, "names of the outputs")
              .decoder("selected")
              .trap("only the first num_dets rows of an image count"));
    }
    Optional<OutputSignature> boxes =
        model.find(each -> each.isFloat() && each.extent(-1) == 4 && each.rank() >= 2);
    if (boxes.isEmpty()) {
      return List.of();
    }
    return boxes.get().rank() == 2 ? withoutBatch(model, boxes.get()) : batched(model, boxes.get());
  }

  private static Head head(String family, String title, Grade grade, String source) {
    return Head.detection(family, title, grade, source);
  }

  private static List<Head> withoutBatch(HeadContext model, OutputSignature boxes) {
    long rows = model.outputs().stream().filter(each -> each.rank() == 1).count();
    if (rows < 2) {
      return List.of();
    }
    boolean masks = model.outputs().stream().anyMatch(each -> each.rank() == 4);
    boolean keypoints = model.outputs().stream().anyMatch(each -> each.rank() == 3);
    String more = masks ? ", masks" : keypoints ? ", key points" : "";
    return List.of(
        head(
                "torchvision-detection",
                "torchvision detection" + more,
                Grade.DERIVED,
                "boxes %s, labels, scores without a batch axis".formatted(boxes.shapeText()))
            .decoder("selected")
            .trap("batch 1 only; boxes in pixels; the number of rows depends on the image"));
  }

  private static List<Head> batched(HeadContext model, OutputSignature boxes) {
    if (boxes.rank() != 3) {
      return List.of();
    }
    long rows = boxes.extent(1);
    long fitting =
        model.outputs().stream()
            .filter(each -> each.rank() == 2 && !each.equals(boxes) && each.extent(1) == rows)
            .count();
    boolean counted =
        model.outputs().size() == 4
            && model.outputs().stream()
                .anyMatch(each -> each.rank() <= 2 && each.rank() >= 1 && !each.isFloat());
    String source = "boxes %s, scores and labels [N, D]".formatted(boxes.shapeText());
    if (counted && fitting >= 2) {
      return List.of(
          head("yolonas-batch", "YOLO-NAS, selected", Grade.DERIVED, source + ", their number")
              .decoder("selected")
              .trap("only as many rows of an image count as the first output says"));
    }
    boolean labels = model.outputs().size() == 3 && fitting == 2;
    return labels
        ? List.of(
            head("ssd-nms", "SSD, selected", Grade.DERIVED, source)
                .decoder("selected")
                .parameter("unit", "fractions")
                .parameter("firstClass", "1")
                .trap("suppression is inside; boxes are fractions of the input in the zoo's files"))
        : List.of();
  }
}
