package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputPart;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;

/**
 * Rows that are complete: {@code [N, D, 6]} of left, top, right, bottom in pixels, score, class.
 * YOLOv10 and YOLO26 write them without suppression, {@code nms=True} exports with one inside. More
 * columns: 32 mask coefficients, key points, an angle. Also {@code [D, 7]} with the number of the
 * image first, which YOLOv7 and YOLO-NAS write.
 *
 * <p>The same shape with 4 + classes columns is Ultralytics' RT-DETR: {@link UltralyticsRtDetr}.
 */
final class EndToEndRows implements HeadFamily {
  static final int MAX_ROWS = 1000;
  private static final int PLAIN = 6;
  private static final int MASKS = 32;
  private static final int COCO_POSE = 57;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().isEmpty() || model.outputs().size() > 2) {
      return List.of();
    }
    OutputSignature rows = model.output(0);
    if (model.outputs().size() == 1 && rows.rank() == 2 && rows.extent(1) == 7) {
      return flat(model, rows);
    }
    boolean alone = model.outputs().size() == 1 || model.prototypes().isPresent();
    if (!alone || rows.rank() != 3 || rows.extent(1) > MAX_ROWS || !mayBe(model, rows)) {
      return List.of();
    }
    return heads(model, rows);
  }

  private static List<Head> flat(HeadContext model, OutputSignature rows) {
    Grade grade =
        model.trace().hasNms() || rows.extent(0) != model.image().orElseThrow().batch()
            ? Grade.DERIVED
            : Grade.ASSUMED;
    return List.of(
        Head.detection(
                "rows7",
                "rows of image, box, score, class",
                grade,
                rows.shapeText() + ": the selection is inside the graph")
            .decoder("rows7")
            .trap("YOLOv7 writes the class before the score, YOLO-NAS the score before the class"));
  }

  private static boolean mayBe(HeadContext model, OutputSignature rows) {
    long columns = rows.extent(2);
    boolean expected =
        columns == PLAIN
            || columns == PLAIN + 1
            || columns == COCO_POSE
            || (columns == PLAIN + MASKS && model.prototypes().isPresent())
            || (columns > PLAIN && model.metadata().isTask("pose"));
    boolean cells = Grids.of(model.image().orElseThrow(), rows.extent(1), 1).isPresent();
    // boxes in pixels and numbers of classes are no probabilities
    boolean squashed = rows.endsIn("Sigmoid", "Softmax");
    return expected && !cells && !squashed && !model.metadata().isRtDetr();
  }

  private static List<Head> heads(HeadContext model, OutputSignature rows) {
    long columns = rows.extent(2);
    boolean stated = model.metadata().selectsInside().orElse(false);
    if (UltralyticsRtDetr.sigmoidColumns(rows) == columns - 4 && !stated) {
      return List.of();
    }
    List<OutputPart> parts = rows.parts();
    boolean selected =
        parts.size() >= 3
            && parts.get(0).extent() == 4
            && parts.get(1).extent() == 1
            && parts.get(2).extent() == 1;
    // 4 + classes columns would be another number of them
    boolean other = model.statedClasses().isPresent() && !model.statesClasses(columns - 4);
    Grade grade = stated ? Grade.STATED : Grade.DERIVED;
    String why =
        stated
            ? "metadata: the selection is inside"
            : selected
                ? "4 + 1 + 1 columns are joined"
                : other
                    ? "%d names, so no column a class".formatted(model.statedClasses().getAsInt())
                    : model.trace().hasNms() ? "suppression is in the graph" : "box, score, class";
    return List.of(head(model, rows, grade, rows.shapeText() + ": " + why));
  }

  private static Head head(HeadContext model, OutputSignature rows, Grade grade, String source) {
    long columns = rows.extent(2);
    Head head;
    if (columns == PLAIN) {
      head =
          Head.detection("yolov10", "rows of box, score, class (YOLOv10)", grade, source)
              .decoder("yolov10");
    } else if (columns == PLAIN + MASKS && model.prototypes().isPresent()) {
      head = Head.detection("yolov10-seg", "complete rows, masks", grade, source);
      head = model.outputs().size() == 2 ? head.decoder("yolov10-seg") : head;
    } else if (columns == PLAIN + 1) {
      head =
          Head.detection("yolov10-obb", "complete rows, angle", grade, source)
              .decoder("yolov10-obb");
    } else {
      Head pose = Head.detection("yolov10-pose", "complete rows, key points", grade, source);
      head =
          KeyPointShape.of(model, columns - PLAIN)
              .map(shape -> shape.on(pose, "yolov10-pose"))
              .orElse(pose);
    }
    return head.classes(model.statedClasses().orElse(-1))
        .trap(
            model.trace().hasNms()
                ? "suppression is inside: forward includes its time"
                : "with two classes RT-DETR has this shape too");
  }
}
