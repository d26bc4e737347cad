package io.stagemark.scoring;

import io.stagemark.spi.Named;

/**
 * A loss function over saved or measured outputs, found with {@link java.util.ServiceLoader}.
 *
 * <p>To add one: implement this and name the class in {@code
 * META-INF/services/io.stagemark.scoring.Loss}. The command line then offers it and every parameter
 * that {@link #description} lists. Implementations are stateless and thread-safe.
 */
public interface Loss extends Named {

  /** Returns the loss's formula, source, inputs and parameters. */
  LossDescription description();

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
