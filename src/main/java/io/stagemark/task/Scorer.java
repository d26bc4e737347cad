package io.stagemark.task;

import io.stagemark.data.ClassFigures;
import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
import io.stagemark.data.TensorSpec;
import io.stagemark.data.Truth;
import io.stagemark.scoring.MergeableState;
import java.util.List;
import java.util.Optional;

/** Gathers the scores of one case, example by example, after the clock. Not thread-safe. */
public interface Scorer {

  /** Returns whether {@link #add} needs the raw outputs in the observation. */
  boolean needsOutputs();

  /**
   * Returns whether what the card says are probabilities must be numbers in [0, 1] for {@link #add}
   * to make sense of them.
   */
  default boolean needsProbabilities() {
    return true;
  }

  /**
   * Checks before anything runs that {@link #add} can take this truth. By default it takes any.
   *
   * @throws TaskException if not; the message names the example
   */
  default void check(String exampleId, Truth truth) throws TaskException {}

  /**
   * Checks the same for a model with these outputs, whose shapes the truth may have to match.
   *
   * @param outputs as the model card names them, for a batch of 1
   * @throws TaskException if not; the message names the example
   */
  default void check(String exampleId, Truth truth, List<TensorSpec> outputs) throws TaskException {
    check(exampleId, truth);
  }

  /**
   * Adds one example.
   *
   * @return the figures of this example alone, such as its losses; empty for scores that are only
   *     defined over a set
   * @throws TaskException if the truth is not of the model's kind or the outputs cannot be scored;
   *     the message names the example
   */
  List<Score> add(String exampleId, Observation observation, Truth truth) throws TaskException;

  /**
   * Returns what was gathered, as parts of a data set that are scored apart are merged. The figures
   * of merged parts must be those of the whole, bit for bit, in whatever order examples and parts
   * come. By default there is none: a data set cannot be scored in parts then.
   */
  default Optional<MergeableState> state() {
    return Optional.empty();
  }

  /** Returns every figure over what was added, in the order that was asked for. */
  List<Score> finish();

  /** Returns the figures of each class, in the model's order; empty for a task without classes. */
  default List<ClassFigures> classes() {
    return List.of();
  }

  /** Returns precision–recall curves of what was added; empty for a task or scores without them. */
  default List<PrecisionRecallCurve> curves() {
    return List.of();
  }
}
