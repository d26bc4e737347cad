package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Optional;

/**
 * YOLOv5 and YOLOv7: rows {@code [N, 3A, 5 + classes]}, three anchors for each of the A cells of
 * the grids; box in pixels, objectness, class scores, the sigmoid inside. With prototypes: 32 mask
 * coefficients behind the classes. Also the raw grids {@code [N, 3, h, w, 5 + classes]} of an
 * export without the last layer.
 */
final class YoloRows implements HeadFamily {
  private static final int ANCHORS = 3;
  private static final int MASKS = 32;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().isEmpty()) {
      return List.of();
    }
    ImageInput image = model.image().get();
    OutputSignature rows = model.output(0);
    if (rows.rank() == 3 && rows.extent(2) > 5) {
      return Grids.of(image, rows.extent(1), ANCHORS)
          .map(grids -> List.of(decoded(model, rows, grids)))
          .orElse(List.of());
    }
    boolean raw =
        model.outputs().size() >= 2
            && model.outputs().stream()
                .allMatch(
                    each ->
                        each.rank() == 5
                            && (each.extent(1) == ANCHORS || each.extent(3) == ANCHORS)
                            && each.extent(4) == rows.extent(4));
    return raw && rows.extent(4) > 5 ? List.of(raw(rows)) : List.of();
  }

  private static Head decoded(HeadContext model, OutputSignature rows, Grids grids) {
    Optional<OutputSignature> masks = model.prototypes();
    long classes = rows.extent(2) - 5 - (masks.isPresent() ? MASKS : 0);
    String source =
        "%s: 3 × (%s) rows of 5 + %d%s"
            .formatted(
                rows.shapeText(), grids.text(), classes, masks.isPresent() ? " + 32 masks" : "");
    if (masks.isPresent()) {
      Head head =
          Head.detection("yolov5-seg", "YOLOv5 with masks", Grade.DERIVED, source).classes(classes);
      return model.outputs().size() == 2 ? head.decoder("yolov5-seg") : head;
    }
    return Head.detection("yolov5", "YOLOv5 or YOLOv7", Grade.DERIVED, source)
        .classes(classes)
        .decoder("yolov5")
        .trap("the score is objectness times class score");
  }

  private static Head raw(OutputSignature rows) {
    return Head.detection(
            "yolo-grids",
            "YOLO grids without the last layer",
            Grade.DERIVED,
            "%s: three anchors a cell, 5 + %d".formatted(rows.shapeText(), rows.extent(4) - 5))
        .classes(rows.extent(4) - 5)
        .decoder("yolo-grids")
        .trap("the anchors are not in the file: YOLOv5's for COCO are assumed");
  }
}
