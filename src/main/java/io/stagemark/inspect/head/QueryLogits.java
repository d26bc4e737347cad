package io.stagemark.inspect.head;

import io.stagemark.inspect.fact.Grade;
import io.stagemark.inspect.fact.OutputSignature;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * DETR and RT-DETR as Hugging Face exports them: logits {@code [N, Q, classes]} or with one column
 * more for "no object", and boxes {@code [N, Q, 4]} as centre and size in fractions of the input.
 *
 * <p>DETR has 100 queries and the extra column (softmax), RT-DETR 300 and none (sigmoid). The names
 * in {@code config.json} say which.
 */
final class QueryLogits implements HeadFamily {
  private static final List<Long> QUERIES = List.of(100L, 300L, 900L);

  @Override
  public List<Head> match(HeadContext model) {
    Optional<OutputSignature> logits = model.named("logits").filter(each -> each.rank() == 3);
    Optional<OutputSignature> boxes = model.named("boxes").filter(QueryLogits::isBoxes);
    if (logits.isPresent() && boxes.isPresent()) {
      return heads(model, logits.get(), boxes.get(), Grade.STATED);
    }
    if (!model.isOf(2, 3)) {
      return List.of();
    }
    boxes = model.find(QueryLogits::isBoxes);
    logits = model.find(each -> each.extent(2) != 4);
    boolean queries =
        boxes.isPresent()
            && logits.isPresent()
            && QUERIES.contains(boxes.get().extent(1))
            && logits.get().extent(1) == boxes.get().extent(1);
    return queries ? heads(model, logits.get(), boxes.get(), Grade.DERIVED) : List.of();
  }

  private static boolean isBoxes(OutputSignature output) {
    return output.rank() == 3 && output.extent(2) == 4;
  }

  private static List<Head> heads(
      HeadContext model, OutputSignature logits, OutputSignature boxes, Grade grade) {
    long columns = logits.extent(2);
    OptionalInt named = named(model, columns);
    long classes = named.orElse((int) (boxes.extent(1) == 100 ? columns - 1 : columns));
    boolean background = classes == columns - 1;
    String source =
        "%s logits %s, boxes %s"
            .formatted(
                grade == Grade.STATED ? "outputs named" : "outputs",
                logits.shapeText(),
                boxes.shapeText());
    return List.of(
        Head.detection(
                "detr",
                background ? "DETR" : "DETR or RT-DETR",
                grade.and(named.isPresent() || grade == Grade.STATED ? grade : Grade.DERIVED),
                source)
            .classes(classes)
            .decoder("detr")
            .trap(
                named.isPresent()
                    ? background ? "the last column is no object: softmax" : "scores: sigmoid"
                    : "whether the last column is 'no object' is not stated: check the names"));
  }

  private static OptionalInt named(HeadContext model, long columns) {
    for (long classes = columns; classes >= columns - 1; classes--) {
      if (model.statesClasses(classes)
          || model.sidecars().namesOf((int) Math.min(classes, Integer.MAX_VALUE)).isPresent()) {
        return OptionalInt.of((int) classes);
      }
    }
    return OptionalInt.empty();
  }
}
