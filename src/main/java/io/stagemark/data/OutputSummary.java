package io.stagemark.data;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one example's numbers of one output look like.
 *
 * @param name of the output
 * @param type such as {@code float32}
 * @param shape of one example: the batch axis is 1
 * @param min smallest finite number; absent where there is none
 * @param max largest finite number
 * @param mean of the finite numbers
 * @param nan numbers that are NaN
 * @param positiveInfinite numbers that are +∞
 * @param negativeInfinite numbers that are −∞
 */
public record OutputSummary(
    String name,
    String type,
    List<Long> shape,
    OptionalDouble min,
    OptionalDouble max,
    OptionalDouble mean,
    long nan,
    long positiveInfinite,
    long negativeInfinite) {
  public OutputSummary {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a part of a tensor.
   *
   * @param spec of that part
   * @param tensor any type
   * @param first index of the part's first number
   */
  public static OutputSummary of(TensorSpec spec, Tensor tensor, int first) {
    Counter counter = new Counter();
    int count = Math.toIntExact(spec.elements());
    if (spec.type() == ElementType.FLOAT32) {
      FloatBuffer floats = tensor.floats();
      for (int i = first; i < first + count; i++) {
        counter.add(floats.get(i));
      }
    } else {
      for (int i = first; i < first + count; i++) {
        counter.add(tensor.number(i));
      }
    }
    return counter.summary(spec, count);
  }

  /** Returns how many numbers are infinite. */
  public long infinite() {
    return positiveInfinite + negativeInfinite;
  }

  /** Sums in the making. */
  private static final class Counter {
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private long nan;
    private long positive;
    private long negative;

    void add(double value) {
      if (Double.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
      } else if (Double.isNaN(value)) {
        nan++;
      } else if (value > 0) {
        positive++;
      } else {
        negative++;
      }
    }

    OutputSummary summary(TensorSpec spec, int count) {
      long finite = count - nan - positive - negative;
      return new OutputSummary(
          spec.name(),
          spec.type().text(),
          spec.shape(),
          finite == 0 ? OptionalDouble.empty() : OptionalDouble.of(min),
          finite == 0 ? OptionalDouble.empty() : OptionalDouble.of(max),
          finite == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / finite),
          nan,
          positive,
          negative);
    }
  }
}
