package io.stagemark.inspect.head;

import io.stagemark.data.ElementType;
import io.stagemark.data.HalfFloat;
import io.stagemark.data.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows of an output after one photograph, and whether they can be those of a head whose shape
 * it has. A head that no rule is written for can always be.
 */
public final class ProbedOutput {
  private static final double SLACK = 1e-3;

  /** Beyond what fractions of an input reach. */
  private static final double PIXELS = 2;

  /** Of the rows: rounding turns the corners of the smallest boxes. */
  private static final double NEARLY_ALL = 0.99;

  private final int columns;
  private final float[] values;

  private ProbedOutput(int columns, float[] values) {
    this.columns = columns;
    this.values = values;
  }

  /** Reads an output; empty if it has no rows, or elements that are no floating-point numbers. */
  public static Optional<ProbedOutput> of(Tensor tensor) {
    ElementType type = tensor.spec().type();
    List<Long> shape = tensor.spec().shape();
    boolean half = type == ElementType.FLOAT16;
    int count = tensor.bytes().capacity() / type.bytes();
    if ((!half && type != ElementType.FLOAT32) || shape.isEmpty() || count == 0) {
      return Optional.empty();
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = half ? HalfFloat.toFloat(tensor.bytes().getShort(2 * i)) : tensor.floats().get(i);
    }
    return Optional.of(new ProbedOutput(Math.toIntExact(shape.get(shape.size() - 1)), values));
  }

  /** Returns what shows that this is no output of a head; empty if it can be one. */
  Optional<String> against(Head head) {
    return switch (head.family()) {
      case "yolov10", "yolov10-seg", "yolov10-pose" -> againstRows(true);
      case "yolov10-obb" -> againstRows(false);
      case "rtdetr-ultralytics" -> unless(lies(0, columns, 1), "values beyond 0 to 1");
      case "classifier" -> unless(!hasLengthOne(), "a row of length 1");
      case "embedding" -> unless(!sumsToOne(), "a row of probabilities");
      default -> Optional.empty();
    };
  }

  /** Box in pixels, score, number of the class; rows of zeros are places that nothing took. */
  private Optional<String> againstRows(boolean corners) {
    if (!lies(4, 5, 1) || !all(row -> at(row, 5) == Math.rint(at(row, 5)))) {
      return Optional.of("columns 5 and 6 are no score and number of a class");
    }
    if (corners && !areCorners()) {
      return Optional.of("columns 1 to 4 are no corners");
    }
    return unless(!lies(0, 4, PIXELS) || isZero(), "columns 1 to 4 are no pixels");
  }

  private static Optional<String> unless(boolean fits, String otherwise) {
    return fits ? Optional.empty() : Optional.of(otherwise);
  }

  private float at(int row, int column) {
    return values[row * columns + column];
  }

  private boolean all(IntPredicate row) {
    return IntStream.range(0, values.length / columns).allMatch(row);
  }

  /** Returns whether every value of some columns is in [0, highest]. */
  private boolean lies(int from, int to, double highest) {
    return all(
        row ->
            IntStream.range(from, to)
                .allMatch(c -> at(row, c) >= -SLACK && at(row, c) <= highest + SLACK));
  }

  private boolean isZero() {
    return all(row -> IntStream.range(0, columns).allMatch(c -> at(row, c) == 0));
  }

  private boolean areCorners() {
    int rows = values.length / columns;
    long ordered =
        IntStream.range(0, rows)
            .filter(row -> at(row, 2) >= at(row, 0) && at(row, 3) >= at(row, 1))
            .count();
    return ordered >= NEARLY_ALL * rows;
  }

  private boolean sumsToOne() {
    return lies(0, columns, 1)
        && all(
            row -> {
              double sum = IntStream.range(0, columns).mapToDouble(c -> at(row, c)).sum();
              return Math.abs(sum - 1) <= SLACK;
            });
  }

  private boolean hasLengthOne() {
    return !sumsToOne()
        && all(
            row -> {
              double squares =
                  IntStream.range(0, columns).mapToDouble(c -> at(row, c) * at(row, c)).sum();
              return Math.abs(squares - 1) <= SLACK;
            });
  }
}
