package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Optional;

/**
 * YOLO-NAS without its selection: boxes {@code [N, A, 4]} as left, top, right, bottom in pixels and
 * scores {@code [N, A, classes]} after the sigmoid, for the A cells of three grids. The order of
 * the two varies with the exporter. PP-YOLOE has the scores as {@code [N, classes, A]}.
 */
final class YoloNas implements HeadFamily {

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || !model.isOf(2, 3)) {
      return List.of();
    }
    Optional<OutputSignature> boxes = model.find(each -> each.extent(2) == 4);
    if (boxes.isEmpty()) {
      return List.of();
    }
    OutputSignature scores =
        model.output(0).equals(boxes.get()) ? model.output(1) : model.output(0);
    long cells = boxes.get().extent(1);
    Optional<Grids> grids = Grids.of(model.image().get(), cells, 1);
    boolean rows = scores.extent(1) == cells;
    if (grids.isEmpty() || (!rows && scores.extent(2) != cells)) {
      return List.of();
    }
    long classes = rows ? scores.extent(2) : scores.extent(1);
    String source =
        "boxes %s, scores %s: %s cells"
            .formatted(boxes.get().shapeText(), scores.shapeText(), grids.get().text());
    return List.of(
        Head.detection(
                rows ? "yolonas" : "ppyoloe", rows ? "YOLO-NAS" : "PP-YOLOE", Grade.DERIVED, source)
            .classes(classes)
            .decoder("yolonas")
            .trap("no background column; boxes in pixels; outputs in any order"));
  }
}
