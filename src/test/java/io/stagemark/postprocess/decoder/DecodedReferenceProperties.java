package io.stagemark.postprocess.decoder;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Families whose boxes are decoded, against loops over the axes. */
class DecodedReferenceProperties {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;
  private static final int TRIES = 25;

  private static double[] scores(int classes, java.util.function.IntToDoubleFunction score) {
    return java.util.stream.IntStream.range(0, classes).mapToDouble(score).toArray();
  }

  @Property(tries = TRIES)
  void yolov8_columnsOrRows_areTheReference(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int classes,
      @ForAll boolean rows,
      @ForAll boolean logits,
      @ForAll boolean fractions) {
    int count = 30;
    PlainReference plain = new PlainReference(seed);
    double low = logits ? -4 : 0;
    double high = logits ? 4 : 1;
    if (rows) {
      plain.output("o", low, high, 2, count, 4 + classes);
    } else {
      plain.output("o", low, high, 2, 4 + classes, count);
    }
    int slot = plain.random().nextInt(2);
    double unitX = fractions ? WIDTH : 1;
    double unitY = fractions ? HEIGHT : 1;
    for (int i = 0; i < count; i++) {
      int candidate = i;
      java.util.function.IntToDoubleFunction value =
          v -> rows ? plain.at(0, slot, candidate, v) : plain.at(0, slot, v, candidate);
      plain.centred(
          scores(
              classes,
              c ->
                  logits
                      ? PlainReference.sigmoid(value.applyAsDouble(4 + c))
                      : value.applyAsDouble(4 + c)),
          value.applyAsDouble(0) * unitX,
          value.applyAsDouble(1) * unitY,
          value.applyAsDouble(2) * unitX,
          value.applyAsDouble(3) * unitY);
    }
    Map<String, String> parameters =
        Map.of(
            "scores",
            logits ? "logits" : "probabilities",
            "unit",
            fractions ? "fractions" : "pixels");
    plain.check("yolov8", parameters, classes, WIDTH, HEIGHT, slot);
    if (rows) {
      plain.check("rtdetr-ultralytics", parameters, classes, WIDTH, HEIGHT, slot);
    }
  }

  @Property(tries = TRIES)
  void yolov5_rows_areTheReference(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int classes, @ForAll boolean logits) {
    PlainReference plain =
        new PlainReference(seed).output("o", logits ? -4 : 0, 1, 1, 40, 5 + classes);
    for (int i = 0; i < 40; i++) {
      int row = i;
      java.util.function.DoubleUnaryOperator last = x -> logits ? PlainReference.sigmoid(x) : x;
      plain.centred(
          scores(
              classes,
              c ->
                  last.applyAsDouble(plain.at(0, 0, row, 4))
                      * last.applyAsDouble(plain.at(0, 0, row, 5 + c))),
          plain.at(0, 0, i, 0),
          plain.at(0, 0, i, 1),
          plain.at(0, 0, i, 2),
          plain.at(0, 0, i, 3));
    }
    plain.check(
        "yolov5", Map.of("scores", logits ? "logits" : "probabilities"), classes, WIDTH, HEIGHT);
  }

  @Property(tries = 4 * TRIES)
  void ssd_anyBackgroundAndStep_isTheReference(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 4) int classes,
      @ForAll @IntRange(min = 0, max = 2) int background,
      @ForAll @IntRange(min = 0, max = 2) int step,
      @ForAll boolean byColumns,
      @ForAll boolean boxesFirst) {
    int count = 25;
    int values = classes + (background == 0 ? 0 : 1);
    PlainReference plain = new PlainReference(seed);
    double low = step == 0 ? 0 : -4;
    double high = step == 0 ? 1 : 4;
    if (boxesFirst) {
      plain.output("boxes", 0, 1, 2, count, 4);
    }
    if (byColumns) {
      plain.output("s", low, high, 2, values, count);
    } else {
      plain.output("s", low, high, 2, count, values);
    }
    if (!boxesFirst) {
      plain.output("boxes", 0, 1, 2, count, 4);
    }
    int s = boxesFirst ? 1 : 0;
    for (int i = 0; i < count; i++) {
      int candidate = i;
      double[] raw =
          scores(
              values, v -> byColumns ? plain.at(s, 1, v, candidate) : plain.at(s, 1, candidate, v));
      double[] all = step == 2 ? PlainReference.softmax(raw) : raw;
      int first = background == 1 ? 1 : 0;
      plain.add(
          scores(classes, c -> step == 1 ? PlainReference.sigmoid(all[first + c]) : all[first + c]),
          plain.at(1 - s, 1, i, 1),
          plain.at(1 - s, 1, i, 0),
          plain.at(1 - s, 1, i, 3),
          plain.at(1 - s, 1, i, 2));
    }
    Map<String, String> parameters =
        Map.of(
            "background",
            new String[] {"none", "first", "last"}[background],
            "scores",
            new String[] {"probabilities", "logits", "softmax"}[step],
            "box",
            "yx-corners",
            "unit",
            "pixels");
    plain.check("ssd", parameters, classes, WIDTH, HEIGHT, 1);
    plain.check("yolonas", parameters, classes, WIDTH, HEIGHT, 1);
  }

  @Property(tries = TRIES)
  void detr_logitsAndBoxes_areTheReference(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int classes,
      @ForAll boolean noObject) {
    int columns = classes + (noObject ? 1 : 0);
    PlainReference plain =
        new PlainReference(seed)
            .output("logits", -4, 4, 2, 20, columns)
            .output("boxes", 0, 1, 2, 20, 4);
    for (int i = 0; i < 20; i++) {
      int query = i;
      double[] logits = scores(columns, c -> plain.at(0, 1, query, c));
      double[] softmax = PlainReference.softmax(logits);
      plain.centred(
          scores(classes, c -> noObject ? softmax[c] : PlainReference.sigmoid(logits[c])),
          plain.at(1, 1, i, 0) * WIDTH,
          plain.at(1, 1, i, 1) * HEIGHT,
          plain.at(1, 1, i, 2) * WIDTH,
          plain.at(1, 1, i, 3) * HEIGHT);
    }
    plain.check("detr", Map.of(), classes, WIDTH, HEIGHT, 1);
  }
}
