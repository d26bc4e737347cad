package io.stagemark.scoring.activation;

import io.stagemark.scoring.FiniteRule;
import io.stagemark.scoring.ScoreTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The activations that a model card may name as the last step of an output. */
public enum Activation {
  SIGMOID,
  TANH,
  RELU,
  SOFTPLUS,
  LOG_SIGMOID,
  SOFTMAX,
  LOG_SOFTMAX;

  /** Returns the name that a model card writes: {@code log-softmax}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns all names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Activation::text).toList();
  }

  /** Returns the rule for numbers that this activation reads; see {@link FiniteRule}. */
  public FiniteRule numbersBefore() {
    return switch (this) {
      case SIGMOID, LOG_SIGMOID, TANH -> FiniteRule.BEFORE_SIGMOID;
      case SOFTMAX, LOG_SOFTMAX, RELU, SOFTPLUS -> FiniteRule.BEFORE_SOFTMAX;
    };
  }

  /**
   * Returns the activation of every number, in double.
   *
   * @param axis the axis of the classes, which softmax and log-softmax run along; the others work
   *     on each number alone
   * @throws IllegalArgumentException if the tensor has no such axis
   */
  public ScoreTensor apply(ScoreTensor tensor, int axis) {
    List<Integer> shape = tensor.shape();
    if (axis < 0 || axis >= shape.size()) {
      throw new IllegalArgumentException("shape %s has no axis %d".formatted(shape, axis));
    }
    double[] values = tensor.toArray();
    int extent = shape.get(axis);
    int stride = shape.subList(axis + 1, shape.size()).stream().reduce(1, (a, b) -> a * b);
    double[] row = new double[extent];
    for (int i = 0; i < values.length; i++) {
      if (i / stride % extent == 0) {
        for (int c = 0; c < extent; c++) {
          row[c] = values[i + c * stride];
        }
        apply(row);
        for (int c = 0; c < extent; c++) {
          values[i + c * stride] = row[c];
        }
      }
    }
    return ScoreTensor.of(values, shape);
  }

  /**
   * Replaces a row of scores by its activation, in double, without allocating.
   *
   * @param row the scores of all classes, which softmax and log-softmax run over
   */
  public void apply(double[] row) {
    switch (this) {
      case SOFTMAX -> Softmax.apply(row);
      case LOG_SOFTMAX -> LogSoftmax.apply(row);
      default -> {
        for (int c = 0; c < row.length; c++) {
          row[c] = each(row[c]);
        }
      }
    }
  }

  /** Returns whether each number's activation depends on the others of its row. */
  public boolean isOfRow() {
    return this == SOFTMAX || this == LOG_SOFTMAX;
  }

  private double each(double x) {
    return switch (this) {
      case SIGMOID -> Sigmoid.of(x);
      case TANH -> Tanh.of(x);
      case RELU -> Relu.of(x);
      case SOFTPLUS -> Softplus.of(x);
      case LOG_SIGMOID -> LogSigmoid.of(x);
      case SOFTMAX, LOG_SOFTMAX -> throw new IllegalStateException(this + " needs a row");
    };
  }
}
