package io.stagemark.scoring;

/**
 * What the numbers are that a loss reads as predictions, and the truth that goes with them. A task
 * knows which of these forms a model's outputs have, and each loss says which it is defined for:
 * {@link Loss#argumentsFor}.
 */
public enum PredictionForm {
  /**
   * Any number, before a sigmoid. Truth: numbers in [0, 1] in the same shape, such as {@code [N]}.
   */
  LOGITS,
  /** In [0, 1], each by itself. Truth: numbers in [0, 1] in the same shape. */
  PROBABILITIES,
  /**
   * Before a softmax over axis 1: {@code [N, C, d1, …]}. Truth: class indices {@code [N, d1, …]}.
   */
  CLASS_LOGITS,
  /** In [0, 1], of sum 1 over axis 1. Shapes and truth as for {@link #CLASS_LOGITS}. */
  CLASS_PROBABILITIES,
  /** Logarithms of probabilities. Shapes and truth as for {@link #CLASS_LOGITS}. */
  CLASS_LOG_PROBABILITIES
}
