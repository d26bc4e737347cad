package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;

/**
 * YOLOv8 transposed: rows {@code [N, A, 4 + classes]}. YOLOX' rows have one column more, so that 84
 * columns are COCO's 80 classes of this family, or the names or the last Concat decide.
 */
final class YoloTransposed implements HeadFamily {
  private static final int BOX = 4;
  private static final int COCO = 84;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().size() != 1 || !isTransposed(model)) {
      return List.of();
    }
    OutputSignature rows = model.output(0);
    return Grids.of(model.image().get(), rows.extent(1), 1)
        .map(grids -> List.of(head(rows, grids)))
        .orElse(List.of());
  }

  private static Head head(OutputSignature rows, Grids grids) {
    long classes = rows.extent(2) - BOX;
    return Head.detection(
            "yolov8-rows",
            "YOLOv8 family, transposed",
            Grade.DERIVED,
            "%s: %s rows of 4 + %d".formatted(rows.shapeText(), grids.text(), classes))
        .classes(classes)
        .decoder("yolov8")
        .trap("no objectness: YOLOX' rows have one column more");
  }

  /** Returns whether the columns of the first output are a box and classes, and no objectness. */
  static boolean isTransposed(HeadContext model) {
    OutputSignature rows = model.output(0);
    return rows.rank() == 3
        && rows.extent(2) > BOX
        && (rows.extent(2) == COCO
            || model.statesClasses(rows.extent(2) - BOX)
            || UltralyticsRtDetr.sigmoidColumns(rows) == rows.extent(2) - BOX);
  }
}
