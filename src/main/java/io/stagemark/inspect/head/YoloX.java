package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;

/**
 * YOLOX: rows {@code [N, A, 5 + classes]}, one for each of the A cells. The grid is decoded inside
 * only where the export says so: then the graph has the exponential of the sizes. Rows of four
 * strides are more likely {@link NanoDet}'s.
 */
final class YoloX implements HeadFamily {
  private static final int STRIDES = 3;
  private static final long COCO = 85;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().size() != 1) {
      return List.of();
    }
    OutputSignature rows = model.output(0);
    if (rows.rank() != 3 || rows.extent(2) <= 5 || YoloTransposed.isTransposed(model)) {
      return List.of();
    }
    return Grids.of(model.image().get(), rows.extent(1), 1)
        .filter(grids -> grids.count() == STRIDES || rows.extent(2) == COCO)
        .map(grids -> List.of(head(model, rows, grids)))
        .orElse(List.of());
  }

  private static Head head(HeadContext model, OutputSignature rows, Grids grids) {
    long classes = rows.extent(2) - 5;
    boolean decoded = model.trace().has("Exp") || model.trace().has("exp");
    String grid = decoded ? "Exp: grid decoded inside" : "no Exp: grid not decoded";
    Head head =
        Head.detection(
                "yolox",
                "YOLOX",
                Grade.DERIVED,
                "%s: %s rows of 5 + %d; %s"
                    .formatted(rows.shapeText(), grids.text(), classes, grid))
            .classes(classes)
            .decoder("yolox")
            .trap("columns as YOLOv5's, but one row a cell; input 0 to 255, BGR, top left");
    return decoded ? head.parameter("decoded", "1") : head;
  }
}
