package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputPart;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;

/**
 * RT-DETR as Ultralytics exports it: one output {@code [N, 300, 4 + classes]}, centre and size as
 * fractions of the input, then class scores after the sigmoid.
 *
 * <p>With two classes it has the six columns of {@link EndToEndRows}, with three the seven of its
 * turned boxes: the metadata, or the last Concat, decides.
 */
final class UltralyticsRtDetr implements HeadFamily {
  private static final long QUERIES = 300;

  @Override
  public List<Head> match(HeadContext model) {
    if (model.image().isEmpty() || model.outputs().size() != 1) {
      return List.of();
    }
    OutputSignature rows = model.output(0);
    boolean named = model.metadata().isRtDetr();
    boolean queries = rows.extent(1) == QUERIES || (named && rows.extent(1) > 0);
    if (rows.rank() != 3 || rows.extent(2) < 5 || !queries) {
      return List.of();
    }
    long classes = rows.extent(2) - 4;
    boolean selects = model.metadata().selectsInside().orElse(false);
    boolean otherTask = model.metadata().task().isPresent() && !model.metadata().isTask("detect");
    boolean otherNames = model.statedClasses().isPresent() && !model.statesClasses(classes);
    if (!named && (selects || otherTask || otherNames || joinsScoreAndClass(rows))) {
      return List.of();
    }
    Grade grade = named ? Grade.STATED : Grade.DERIVED;
    String source =
        "%s: 300 queries of 4 + %d%s"
            .formatted(rows.shapeText(), classes, named ? "; the metadata calls it RT-DETR" : "");
    return List.of(
        Head.detection("rtdetr-ultralytics", "RT-DETR of Ultralytics", grade, source)
            .classes(classes)
            .decoder("rtdetr-ultralytics")
            .trap("boxes are fractions of the input, no pixels; no suppression"));
  }

  /** Returns the columns of the part behind the box that a sigmoid makes; 0 where none does. */
  static long sigmoidColumns(OutputSignature rows) {
    List<OutputPart> parts = rows.parts();
    boolean two = parts.size() == 2 && parts.get(0).extent() == 4;
    return two && parts.get(1).operator().equals("Sigmoid") ? parts.get(1).extent() : 0;
  }

  private static boolean joinsScoreAndClass(OutputSignature rows) {
    List<OutputPart> parts = rows.parts();
    return parts.size() >= 3 && parts.get(1).extent() == 1 && parts.get(2).extent() == 1;
  }
}
