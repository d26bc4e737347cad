package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputPart;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * YOLOv8, v9, 11, 12 and the one-to-many head of YOLO26: columns {@code [N, 4 + classes + more, A]}
 * for the A cells; box as centre and size in pixels, class scores after the sigmoid. More: 32 mask
 * coefficients with prototypes {@code [N, 32, H/4, W/4]}, 2 or 3 values for each key point, or one
 * angle.
 *
 * <p>What is behind the classes follows from the metadata, or from the parts of the last Concat:
 * the classes are the part that a sigmoid makes. Without both, 56 rows may be 52 classes, or one
 * with COCO's 17 key points; 20 may be 16 classes, or DOTA's 15 with an angle.
 */
final class YoloColumns implements HeadFamily {
  private static final int MASKS = 32;
  private static final int POSE_ROWS = 56;
  private static final int DOTA_ROWS = 20;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().isEmpty()) {
      return List.of();
    }
    OutputSignature columns = model.output(0);
    if (columns.rank() != 3 || columns.extent(1) < 5) {
      return List.of();
    }
    Optional<Grids> grids = Grids.of(model.image().get(), columns.extent(2), 1);
    boolean detector = model.outputs().size() == 1 || model.metadata().isUltralytics();
    if (grids.isEmpty() || !(detector || isDetector(model))) {
      return List.of();
    }
    return new Layouts(model, columns, grids.get()).heads();
  }

  /** Exports may have the maps of their training head behind the first output. */
  private static boolean isDetector(HeadContext model) {
    return model.prototypes().isPresent()
        || model.outputs().stream().skip(1).allMatch(each -> each.rank() == 4);
  }

  /** What the rows of one model could be. */
  private record Layouts(HeadContext model, OutputSignature columns, Grids grids) {

    List<Head> heads() {
      long rows = columns.extent(1);
      if (model.prototypes().isPresent() || model.metadata().isTask("segment")) {
        return List.of(masks(rows - 4 - MASKS));
      }
      Optional<Head> stated = stated(rows);
      if (stated.isPresent()) {
        return List.of(stated.get());
      }
      long classes = sigmoidRows();
      if (classes > 0) {
        String from = "%d rows end in a sigmoid".formatted(classes);
        long more = rows - 4 - classes;
        return List.of(
            more == 0
                ? detect(classes, Grade.DERIVED)
                : more == 1 ? angle(Grade.DERIVED, from) : pose(classes, Grade.DERIVED, from));
      }
      List<Head> heads = new ArrayList<>(List.of(detect(rows - 4, Grade.DERIVED)));
      if (rows == POSE_ROWS) {
        heads.add(pose(1, Grade.DERIVED, "COCO's 17 key points"));
      }
      if (rows == DOTA_ROWS) {
        heads.add(angle(Grade.DERIVED, "DOTA's 15 classes"));
      }
      return heads;
    }

    private Optional<Head> stated(long rows) {
      if (model.metadata().isTask("pose")) {
        long values =
            model.metadata().keypoints().map(pair -> (long) pair.get(0) * pair.get(1)).orElse(51L);
        return Optional.of(pose(rows - 4 - values, Grade.STATED, "metadata task pose"));
      }
      if (model.metadata().isTask("obb")) {
        return Optional.of(angle(Grade.STATED, "metadata task obb"));
      }
      return model.metadata().isTask("detect") || model.statesClasses(rows - 4)
          ? Optional.of(detect(rows - 4, Grade.DERIVED))
          : Optional.empty();
    }

    /** Returns the rows of the part that a sigmoid makes behind the box; 0 where none does. */
    private long sigmoidRows() {
      List<OutputPart> parts = columns.parts();
      for (int i = 1; i < parts.size(); i++) {
        boolean sigmoid = parts.get(i).operator().equals("Sigmoid");
        if (sigmoid && OutputPart.sum(parts.subList(0, i)) == 4) {
          return parts.get(i).extent();
        }
      }
      return 0;
    }

    private String arithmetic(long classes, String more) {
      return "%s: 4 + %d%s rows × (%s)".formatted(columns.shapeText(), classes, more, grids.text());
    }

    private Head detect(long classes, Grade grade) {
      return Head.detection("yolov8", "YOLOv8 family", grade, arithmetic(classes, ""))
          .classes(classes)
          .decoder("yolov8");
    }

    private Head masks(long classes) {
      String source = arithmetic(classes, " + 32 masks");
      Head head =
          Head.detection("yolov8-seg", "YOLOv8 family, masks", Grade.DERIVED, source)
              .classes(classes)
              .trap("the last 32 rows are mask coefficients, no classes");
      boolean readable = model.prototypes().isPresent() && model.outputs().size() == 2;
      return readable ? head.decoder("yolov8-seg") : head;
    }

    private Head pose(long classes, Grade grade, String from) {
      long values = columns.extent(1) - 4 - classes;
      String source = arithmetic(classes, " + " + values) + "; " + from;
      Head head =
          Head.detection("yolov8-pose", "YOLOv8 family, key points", grade, source)
              .classes(classes)
              .trap("the last %d rows are key points, no classes".formatted(values));
      return KeyPointShape.of(model, values)
          .filter(shape -> model.outputs().size() == 1)
          .map(shape -> shape.on(head, "yolov8-pose"))
          .orElse(head);
    }

    private Head angle(Grade grade, String from) {
      long classes = columns.extent(1) - 5;
      String source = arithmetic(classes, " + 1") + "; " + from;
      Head head =
          Head.detection("yolov8-obb", "YOLOv8 family, rotated boxes", grade, source)
              .classes(classes)
              .trap("the last row is an angle, no class");
      return model.outputs().size() == 1 ? head.decoder("yolov8-obb") : head;
    }
  }
}
