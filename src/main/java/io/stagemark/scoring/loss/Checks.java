package io.stagemark.scoring.loss;

import io.stagemark.scoring.ScoreTensor;

/** What the losses demand of their tensors; a message names tensor, element and value. */
final class Checks {
  private Checks() {}

  static void sameShape(ScoreTensor predictions, ScoreTensor truth) {
    if (!predictions.shape().equals(truth.shape())) {
      throw new IllegalArgumentException(
          "predictions have shape %s, truth has %s; they must be the same"
              .formatted(predictions.shape(), truth.shape()));
    }
  }

  /** Returns an element that must be in [0, 1]. */
  static double ratio(String name, ScoreTensor tensor, int index) {
    double value = tensor.get(index);
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "%s%s is %s, not in [0, 1]".formatted(name, tensor.place(index), value));
    }
    return value;
  }
}
