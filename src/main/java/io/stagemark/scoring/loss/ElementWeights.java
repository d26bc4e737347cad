package io.stagemark.scoring.loss;

import io.stagemark.scoring.ScoreArguments;
import io.stagemark.scoring.ScoreParameter;
import io.stagemark.scoring.ScoreTensor;
import java.util.List;
import java.util.Optional;

/** The optional weight of each element, broadcast to the shape of the predictions. */
final class ElementWeights {
  private static final ElementWeights ABSENT = new ElementWeights(Optional.empty());

  private final Optional<double[]> weights;

  private ElementWeights(Optional<double[]> weights) {
    this.weights = weights;
  }

  static ScoreParameter parameter() {
    return ScoreParameter.tensor(
        "weight", "weight of each element, broadcast; the mean still divides by the elements");
  }

  /** Reads the tensor parameter of that name. */
  static ElementWeights of(ScoreArguments arguments, String name, List<Integer> shape) {
    Optional<ScoreTensor> given = arguments.tensor(name);
    return given.isEmpty()
        ? ABSENT
        : new ElementWeights(Optional.of(given.get().broadcast(shape, name)));
  }

  /** Returns whether no weights were given: all are 1. */
  boolean absent() {
    return weights.isEmpty();
  }

  double get(int index) {
    return weights.isEmpty() ? 1 : weights.get()[index];
  }
}
