package io.stagemark.postprocess.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.nms.BoxList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Outputs of random numbers, and the candidates that a decoder written in plain loops over their
 * axes finds in them, in double: what the decoders are compared with.
 */
final class PlainReference {
  /** Scores so close to a threshold may fall on either side of it. */
  private static final double CLOSE = 2e-6;

  private final List<Tensor> outputs = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();
  private final Random random;

  /** A box of one class. */
  private record Found(double score, int classId, List<Double> box) {}

  PlainReference(long seed) {
    random = new Random(seed);
  }

  Random random() {
    return random;
  }

  /** Adds an output with numbers in a range. */
  PlainReference output(String name, double low, double high, int... shape) {
    Tensor tensor =
        Tensor.allocate(
            new TensorSpec(
                name,
                ElementType.FLOAT32,
                Arrays.stream(shape).mapToObj(each -> (long) each).toList()));
    for (int i = 0; i < tensor.floats().capacity(); i++) {
      tensor.floats().put(i, (float) (low + (high - low) * random.nextDouble()));
    }
    outputs.add(tensor);
    return this;
  }

  List<Tensor> outputs() {
    return outputs;
  }

  /** Returns a number by its indices on the axes. */
  double at(int output, int... index) {
    List<Long> shape = outputs.get(output).spec().shape();
    int at = 0;
    for (int axis = 0; axis < index.length; axis++) {
      at = at * shape.get(axis).intValue() + index[axis];
    }
    return outputs.get(output).floats().get(at);
  }

  /** Adds a candidate with a score for each class. */
  void add(double[] scores, double left, double top, double right, double bottom) {
    for (int c = 0; c < scores.length; c++) {
      found.add(new Found(scores[c], c, List.of(left, top, right, bottom)));
    }
  }

  /** Adds a candidate by centre and size. */
  void centred(double[] scores, double x, double y, double width, double height) {
    add(scores, x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double[] softmax(double... logits) {
    double sum = Arrays.stream(logits).map(Math::exp).sum();
    return Arrays.stream(logits).map(x -> Math.exp(x) / sum).toArray();
  }

  /** Compares with what a decoder finds above some thresholds. */
  void check(String type, Map<String, String> parameters, int classes, int width, int height) {
    check(type, parameters, classes, width, height, 0);
  }

  void check(
      String type, Map<String, String> parameters, int classes, int width, int height, int slot) {
    BoxDecoder decoder =
        Decoders.create(
            new Head(
                type,
                classes,
                outputs.stream().map(Tensor::spec).toList(),
                width,
                height,
                parameters));
    assertThat(found).isNotEmpty();
    for (float above : new float[] {0, 0.2f, 0.6f, 0.97f}) {
      BoxList boxes = new BoxList(4);
      decoder.filter(outputs::get, slot, new BoxDecoder.Filter(above, true), boxes);
      decoder.locate(outputs::get, slot, boxes);
      compare(boxes, above);
    }
  }

  private void compare(BoxList boxes, float above) {
    List<Found> expected =
        found.stream()
            .filter(each -> each.score() > above + CLOSE)
            .sorted(Comparator.comparingDouble(Found::score).reversed())
            .toList();
    List<Found> ours = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      List<Double> box =
          List.of(
              (double) boxes.left()[i],
              (double) boxes.top()[i],
              (double) boxes.right()[i],
              (double) boxes.bottom()[i]);
      if (boxes.scores()[i] > above + CLOSE) {
        ours.add(new Found(boxes.scores()[i], boxes.classIds()[i], box));
      }
    }
    ours.sort(Comparator.comparingDouble(Found::score).reversed());
    assertThat(ours.size()).as("above %s", above).isCloseTo(expected.size(), within(1));
    assertThat(ours)
        .as("above %s", above)
        .allMatch(each -> isAmong(each, expected), "is in the reference");
    assertThat(expected).as("above %s", above).allMatch(each -> isAmong(each, ours), "is found");
  }

  /**
   * Returns whether a candidate is among others.
   *
   * @param others the highest score first: those of about the same score are looked at alone
   */
  private static boolean isAmong(Found one, List<Found> others) {
    int from = 0;
    int to = others.size();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (others.get(middle).score() > one.score() + 2 * CLOSE) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    for (int i = from; i < others.size(); i++) {
      if (others.get(i).score() < one.score() - 2 * CLOSE) {
        return false;
      }
      if (isSame(one, others.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Found one, Found other) {
    boolean same =
        one.classId() == other.classId() && Math.abs(one.score() - other.score()) < CLOSE;
    for (int side = 0; side < 4; side++) {
      double tolerance = 1e-4 * Math.max(1, Math.abs(other.box().get(side)));
      same &= Math.abs(one.box().get(side) - other.box().get(side)) < tolerance;
    }
    return same;
  }
}
