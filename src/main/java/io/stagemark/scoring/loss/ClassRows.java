package io.stagemark.scoring.loss;

import io.stagemark.scoring.ScoreTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A tensor of one score a class, read example by example: shape {@code [N, C, d1, …]}, or {@code
 * [C]} for a single example.
 */
final class ClassRows {
  private final ScoreTensor tensor;
  private final int classes;
  private final int inner;
  private final List<Integer> exampleShape;
  private final double[] row;

  ClassRows(ScoreTensor tensor) {
    this.tensor = tensor;
    List<Integer> shape = tensor.shape();
    if (shape.isEmpty()) {
      throw new IllegalArgumentException("predictions need a class axis: [C] or [N, C, ...]");
    }
    int axis = Math.min(1, shape.size() - 1);
    this.classes = shape.get(axis);
    if (classes == 0) {
      throw new IllegalArgumentException("predictions of shape %s have no class".formatted(shape));
    }
    this.exampleShape = new ArrayList<>(shape);
    exampleShape.remove(axis);
    this.inner = shape.subList(axis + 1, shape.size()).stream().reduce(1, (a, b) -> a * b);
    this.row = new double[classes];
  }

  int classes() {
    return classes;
  }

  /** Returns the number of examples: N · d1 · …. */
  int examples() {
    return tensor.size() / classes;
  }

  /** Returns the shape of one number an example: {@code [N, d1, …]}, or {@code []}. */
  List<Integer> exampleShape() {
    return List.copyOf(exampleShape);
  }

  /** Returns the row-major index of the score of an example for a class. */
  int index(int example, int classId) {
    return (example / inner * classes + classId) * inner + example % inner;
  }

  /** Returns the scores of an example; the array is reused by the next call. */
  double[] row(int example) {
    for (int c = 0; c < classes; c++) {
      row[c] = tensor.get(index(example, c));
    }
    return row;
  }

  void requireTruthShape(ScoreTensor truth) {
    if (!truth.shape().equals(exampleShape)) {
      throw new IllegalArgumentException(
          "predictions of shape %s need truth of shape %s, got %s"
              .formatted(tensor.shape(), exampleShape, truth.shape()));
    }
  }

  /**
   * Returns the class of an example, empty where it is the ignored label.
   *
   * @throws IllegalArgumentException if it is not a class index; the message names the element
   */
  OptionalLong classOf(ScoreTensor truth, int example, OptionalLong ignored) {
    double label = truth.get(example);
    if (ignored.isPresent() && label == ignored.getAsLong()) {
      return OptionalLong.empty();
    }
    if (!(label >= 0 && label < classes && label == Math.rint(label))) {
      throw new IllegalArgumentException(
          "truth%s is %s, not a class index from 0 to %d%s"
              .formatted(
                  truth.place(example),
                  label,
                  classes - 1,
                  ignored.isPresent() ? " nor the ignored " + ignored.getAsLong() : ""));
    }
    return OptionalLong.of((long) label);
  }

  /** Returns one weight a class: those given, a single number for all, or 1. */
  static double[] classWeights(Optional<ScoreTensor> given, String name, int classes) {
    if (given.isEmpty()) {
      double[] ones = new double[classes];
      Arrays.fill(ones, 1);
      return ones;
    }
    if (!given.get().shape().equals(List.of(classes))) {
      throw new IllegalArgumentException(
          "%s has shape %s; %d classes need [%d]"
              .formatted(name, given.get().shape(), classes, classes));
    }
    return given.get().toArray();
  }
}
