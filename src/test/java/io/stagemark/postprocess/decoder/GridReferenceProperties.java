package io.stagemark.postprocess.decoder;

import static io.stagemark.postprocess.decoder.PlainReference.sigmoid;
import static io.stagemark.postprocess.decoder.PlainReference.softmax;

import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Families of cells, against loops over the axes; an input of 80x48 px has 10x6, 5x3 and 3x2 cells
 * of strides 8, 16 and 32: the last are parts of cells.
 */
class GridReferenceProperties {
  private static final int WIDTH = 80;
  private static final int HEIGHT = 48;
  private static final int TRIES = 20;
  private static final int[] STRIDES = {8, 16, 32};
  private static final int[] COLUMNS = {10, 5, 3};
  private static final int[] ROWS = {6, 3, 2};

  private static double[] scores(int classes, IntToDoubleFunction score) {
    return IntStream.range(0, classes).mapToDouble(score).toArray();
  }

  @Property(tries = TRIES)
  void yolox_cells_areTheReference(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int classes, @ForAll boolean logits) {
    PlainReference plain =
        new PlainReference(seed).output("o", logits ? -3 : 0, 1, 1, 81, 5 + classes);
    int i = 0;
    for (int s = 0; s < 3; s++) {
      for (int y = 0; y < ROWS[s]; y++) {
        for (int x = 0; x < COLUMNS[s]; x++, i++) {
          int cell = i;
          plain.centred(
              scores(
                  classes,
                  c -> {
                    double objectness = plain.at(0, 0, cell, 4);
                    double score = plain.at(0, 0, cell, 5 + c);
                    return logits ? sigmoid(objectness) * sigmoid(score) : objectness * score;
                  }),
              (plain.at(0, 0, i, 0) + x) * STRIDES[s],
              (plain.at(0, 0, i, 1) + y) * STRIDES[s],
              Math.exp(plain.at(0, 0, i, 2)) * STRIDES[s],
              Math.exp(plain.at(0, 0, i, 3)) * STRIDES[s]);
        }
      }
    }
    plain.check(
        "yolox", Map.of("scores", logits ? "logits" : "probabilities"), classes, WIDTH, HEIGHT);
  }

  private static double centre(String centre, int index, int stride) {
    return switch (centre) {
      case "pixel" -> index * stride + (stride - 1) / 2.0;
      case "corner" -> index * stride;
      default -> (index + 0.5) * stride;
    };
  }

  @Property(tries = 2 * TRIES)
  void nanodet_pairsOrJoined_areTheReference(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 8) int bins,
      @ForAll boolean joined,
      @ForAll @IntRange(min = 0, max = 2) int which) {
    String[] types = {"nanodet", "nanodet-plus", "picodet"};
    String[] centres = {"pixel", "corner", "cell"};
    int classes = 3;
    PlainReference plain = new PlainReference(seed);
    if (joined) {
      plain.output("o", 0, 1, 1, 81, classes + 4 * bins);
    } else {
      for (int s = 0; s < 3; s++) {
        plain.output("cls" + s, 0, 1, 1, COLUMNS[s] * ROWS[s], classes);
        plain.output("dis" + s, -2, 2, 1, COLUMNS[s] * ROWS[s], 4 * bins);
      }
    }
    int before = 0;
    for (int s = 0; s < 3; s++) {
      for (int cell = 0; cell < COLUMNS[s] * ROWS[s]; cell++) {
        int output = joined ? 0 : 2 * s;
        int row = joined ? before + cell : cell;
        double[] distance = new double[4];
        for (int side = 0; side < 4; side++) {
          int first = (joined ? classes : 0) + side * bins;
          int boxes = joined ? 0 : 2 * s + 1;
          double[] bars = softmax(scores(bins, b -> plain.at(boxes, 0, row, first + b)));
          for (int b = 0; b < bins; b++) {
            distance[side] += b * bars[b] * STRIDES[s];
          }
        }
        double x = centre(centres[which], cell % COLUMNS[s], STRIDES[s]);
        double y = centre(centres[which], cell / COLUMNS[s], STRIDES[s]);
        plain.add(
            scores(classes, c -> plain.at(output, 0, row, c)),
            x - distance[0],
            y - distance[1],
            x + distance[2],
            y + distance[3]);
      }
      before += COLUMNS[s] * ROWS[s];
    }
    plain.check(types[which], Map.of(), classes, WIDTH, HEIGHT);
  }

  @Property(tries = TRIES)
  void scrfd_twoAnchorsACell_areTheReference(@ForAll long seed, @ForAll boolean batched) {
    PlainReference plain = new PlainReference(seed);
    for (int width : new int[] {1, 4, 10}) {
      for (int s = 0; s < 3; s++) {
        int rows = 2 * COLUMNS[s] * ROWS[s];
        if (batched) {
          plain.output("o" + width + s, 0, width == 1 ? 1 : 6, 1, rows, width);
        } else {
          plain.output("o" + width + s, 0, width == 1 ? 1 : 6, rows, width);
        }
      }
    }
    for (int s = 0; s < 3; s++) {
      for (int i = 0; i < 2 * COLUMNS[s] * ROWS[s]; i++) {
        double x = i / 2 % COLUMNS[s] * STRIDES[s];
        double y = i / 2 / COLUMNS[s] * STRIDES[s];
        double[] v = new double[5];
        for (int k = 0; k < 5; k++) {
          int output = k == 4 ? s : 3 + s;
          int column = k == 4 ? 0 : k;
          v[k] = batched ? plain.at(output, 0, i, column) : plain.at(output, i, column);
        }
        plain.add(
            new double[] {v[4]},
            x - v[0] * STRIDES[s],
            y - v[1] * STRIDES[s],
            x + v[2] * STRIDES[s],
            y + v[3] * STRIDES[s]);
      }
    }
    plain.check("scrfd", Map.of(), 1, WIDTH, HEIGHT);
  }

  @Property(tries = TRIES)
  void yunet_rootOfClassAndObjectness_isTheReference(@ForAll long seed) {
    PlainReference plain = new PlainReference(seed);
    String[] names = {"cls", "obj", "bbox", "kps"};
    int[] widths = {1, 1, 4, 10};
    for (int k = 0; k < 4; k++) {
      for (int s = 0; s < 3; s++) {
        plain.output(names[k] + STRIDES[s], 0, 1, 1, COLUMNS[s] * ROWS[s], widths[k]);
      }
    }
    for (int s = 0; s < 3; s++) {
      for (int i = 0; i < COLUMNS[s] * ROWS[s]; i++) {
        plain.centred(
            new double[] {Math.sqrt(plain.at(s, 0, i, 0) * plain.at(3 + s, 0, i, 0))},
            (i % COLUMNS[s] + plain.at(6 + s, 0, i, 0)) * STRIDES[s],
            (Math.floorDiv(i, COLUMNS[s]) + plain.at(6 + s, 0, i, 1)) * STRIDES[s],
            Math.exp(plain.at(6 + s, 0, i, 2)) * STRIDES[s],
            Math.exp(plain.at(6 + s, 0, i, 3)) * STRIDES[s]);
      }
    }
    plain.check("yunet", Map.of(), 1, WIDTH, HEIGHT);
  }

  @Property(tries = TRIES)
  void fastestdet_map_isTheReference(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int classes, @ForAll boolean older) {
    PlainReference plain = new PlainReference(seed).output("o", 0, 1, 1, 5 + classes, 3, 5);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        int row = y;
        int column = x;
        IntToDoubleFunction v = k -> plain.at(0, 0, k, row, column);
        plain.centred(
            scores(
                classes,
                c ->
                    older
                        ? v.applyAsDouble(0) * v.applyAsDouble(5 + c)
                        : Math.pow(v.applyAsDouble(0), 0.6)
                            * Math.pow(v.applyAsDouble(5 + c), 0.4)),
            (Math.tanh(v.applyAsDouble(1)) + x) / 5 * WIDTH,
            (Math.tanh(v.applyAsDouble(2)) + y) / 3 * HEIGHT,
            sigmoid(v.applyAsDouble(3)) * WIDTH,
            sigmoid(v.applyAsDouble(4)) * HEIGHT);
      }
    }
    plain.check(
        "fastestdet", older ? Map.of("objectnessPower", "1") : Map.of(), classes, WIDTH, HEIGHT);
  }

  @Property(tries = 2 * TRIES)
  void fcos_mapsOrRows_areTheReference(
      @ForAll long seed, @ForAll boolean maps, @ForAll boolean cells, @ForAll boolean product) {
    int classes = 3;
    PlainReference plain = new PlainReference(seed);
    int[] widths = {classes, 4, 1};
    for (int k = 0; k < 3; k++) {
      for (int s = 0; s < 3; s++) {
        double low = k == 1 ? 0 : -4;
        if (maps) {
          plain.output("o" + k + s, low, 4, 2, widths[k], ROWS[s], COLUMNS[s]);
        } else {
          plain.output("o" + k + s, low, 4, 2, ROWS[s] * COLUMNS[s], widths[k]);
        }
      }
    }
    for (int s = 0; s < 3; s++) {
      for (int i = 0; i < COLUMNS[s] * ROWS[s]; i++) {
        int level = s;
        int cell = i;
        int x = i % COLUMNS[s];
        int y = i / COLUMNS[s];
        java.util.function.ToDoubleBiFunction<Integer, Integer> v =
            (k, c) ->
                maps ? plain.at(3 * k + level, 1, c, y, x) : plain.at(3 * k + level, 1, cell, c);
        double unit = cells ? STRIDES[s] : 1;
        plain.add(
            scores(
                classes,
                c -> {
                  double both = sigmoid(v.applyAsDouble(0, c)) * sigmoid(v.applyAsDouble(2, 0));
                  return product ? both : Math.sqrt(both);
                }),
            (x + 0.5) * STRIDES[s] - v.applyAsDouble(1, 0) * unit,
            (y + 0.5) * STRIDES[s] - v.applyAsDouble(1, 1) * unit,
            (x + 0.5) * STRIDES[s] + v.applyAsDouble(1, 2) * unit,
            (y + 0.5) * STRIDES[s] + v.applyAsDouble(1, 3) * unit);
      }
    }
    plain.check(
        "fcos",
        Map.of(
            "strides", "8 16 32",
            "unit", cells ? "cells" : "pixels",
            "product", product ? "1" : "0"),
        classes,
        WIDTH,
        HEIGHT,
        1);
  }

  @Property(tries = TRIES)
  void centernet_maps_areTheReference(@ForAll long seed, @ForAll boolean sidesFirst) {
    PlainReference plain = new PlainReference(seed);
    if (sidesFirst) {
      plain.output("wh", 0, 9, 2, 4, 12, 20).output("hm", 0, 1, 2, 3, 12, 20);
    } else {
      plain.output("hm", 0, 1, 2, 3, 12, 20).output("wh", 0, 9, 2, 4, 12, 20);
    }
    int hm = sidesFirst ? 1 : 0;
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 20; x++) {
        int row = y;
        int column = x;
        plain.add(
            scores(3, c -> plain.at(hm, 1, c, row, column)),
            4 * x - plain.at(1 - hm, 1, 0, y, x),
            4 * y - plain.at(1 - hm, 1, 1, y, x),
            4 * x + plain.at(1 - hm, 1, 2, y, x),
            4 * y + plain.at(1 - hm, 1, 3, y, x));
      }
    }
    plain.check("centernet", Map.of(), 3, WIDTH, HEIGHT, 1);
  }

  /** Returns whether no cell of a class at most one cell away has a larger number. */
  private static boolean isPeak(PlainReference plain, int output, int classId, int y, int x) {
    boolean peak = true;
    for (int row = 0; row < 12; row++) {
      for (int column = 0; column < 20; column++) {
        boolean near = Math.abs(row - y) <= 1 && Math.abs(column - x) <= 1;
        peak &=
            !near
                || plain.at(output, 1, classId, row, column) <= plain.at(output, 1, classId, y, x);
      }
    }
    return peak;
  }

  @Property(tries = 3 * TRIES)
  void centernetWh_peaksOfEachClass_areTheReference(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 3) int classes,
      @ForAll boolean logits,
      @ForAll boolean offsets,
      @ForAll boolean before,
      @ForAll boolean last) {
    PlainReference plain = new PlainReference(seed);
    boolean scoresLast = last && classes != 2; // of two classes all maps have one shape
    int scores = scoresLast ? offsets ? 2 : 1 : 0;
    int first = scoresLast ? 0 : 1;
    int size = offsets && before ? first + 1 : first;
    int offset = before ? first : first + 1;
    for (int i = 0; i < (offsets ? 3 : 2); i++) {
      if (i == scores) {
        plain.output("hm", logits ? -3 : 0, logits ? 3 : 1, 2, classes, 12, 20);
      } else {
        plain.output("o" + i, i == size ? 0 : -0.5, i == size ? 9 : 1.5, 2, 2, 12, 20);
      }
    }
    for (int y = 0; y < 12; y++) {
      for (int x = 0; x < 20; x++) {
        for (int c = 0; c < classes; c++) {
          double[] one = new double[classes];
          double value = plain.at(scores, 1, c, y, x);
          one[c] = isPeak(plain, scores, c, y, x) ? logits ? sigmoid(value) : value : 0;
          plain.centred(
              one,
              4 * (x + (offsets ? plain.at(offset, 1, 0, y, x) : 0.5)),
              4 * (y + (offsets ? plain.at(offset, 1, 1, y, x) : 0.5)),
              4 * plain.at(size, 1, 0, y, x),
              4 * plain.at(size, 1, 1, y, x));
        }
      }
    }
    plain.check(
        "centernet-wh",
        Map.of(
            "scores", logits ? "logits" : "probabilities",
            "offset", before ? "before-size" : "after-size"),
        classes,
        WIDTH,
        HEIGHT,
        1);
  }
}
