package io.stagemark.scoring;

import io.stagemark.spi.Named;
import java.util.Objects;
import java.util.Optional;

/**
 * A loss function over saved or measured outputs, found with {@link java.util.ServiceLoader}.
 *
 * <p>To add one: implement this and name the class in {@code
 * META-INF/services/io.stagemark.scoring.Loss}. The command line then offers it and every parameter
 * that {@link #description} lists; the tasks offer it for the outputs that {@link #argumentsFor}
 * names. Implementations are stateless and thread-safe.
 */
public interface Loss extends Named {

  /** Returns the loss's formula, source, inputs and parameters. */
  LossDescription description();

  @Override
  default void requireUsable() {
    Objects.requireNonNull(description().defaults());
    Objects.requireNonNull(unit(), "it says no unit");
    for (PredictionForm form : PredictionForm.values()) {
      Objects.requireNonNull(argumentsFor(form), "it says no arguments");
    }
  }

  /**
   * Returns the arguments with which this loss reads predictions of a form; everything else at its
   * default. Empty where it is not defined for them. A config can name it for each model whose
   * outputs have, or can be given, one of its forms.
   *
   * <p>By default it is empty for every form. Then {@code score --loss} and the task {@code
   * tensors}, which take numbers as they are, are all that can name it.
   */
  default Optional<ScoreArguments> argumentsFor(PredictionForm form) {
    return Optional.empty();
  }

  /** Returns the unit of the value, {@code nat} or {@code ratio}. */
  default String unit() {
    return "nat";
  }

  /**
   * Computes the loss.
   *
   * @param predictions shape and meaning as the description says
   * @param truth likewise
   * @param arguments made from {@code description().defaults()}
   * @throws IllegalArgumentException if shapes do not fit or a number is not allowed; the message
   *     names the tensor, the element and its value
   */
  LossResult evaluate(ScoreTensor predictions, ScoreTensor truth, ScoreArguments arguments);
}
