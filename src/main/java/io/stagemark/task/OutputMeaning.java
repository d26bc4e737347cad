package io.stagemark.task;

import io.stagemark.scoring.PredictionForm;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.task.OutputLoss.Source;
import java.util.List;
import java.util.Optional;

/** What the class scores of a model are, which decides the losses that it can have. */
enum OutputMeaning {
  /** Before the card's last step; losses are taken from them, so that nothing saturates. */
  LOGITS("logits"),
  /** In [0, 1], as the losses read them. */
  PROBABILITIES("probabilities"),
  /** In [0, 1] each by itself, where a distribution over the classes is asked for. */
  INDEPENDENT("in [0, 1] each by itself, not 1 in sum"),
  /** Larger is likelier, and no more than that. */
  NUMBERS("no probabilities");

  private final String words;

  OutputMeaning(String words) {
    this.words = words;
  }

  /** Returns what such scores are, for messages. */
  String words() {
    return words;
  }

  /**
   * Returns the forms in which losses can read such scores, those that do not saturate first.
   *
   * @param binary whether each class is right or not by itself
   */
  List<Source> sources(boolean binary) {
    return switch (this) {
      case LOGITS ->
          binary
              ? List.of(
                  Source.raw(PredictionForm.LOGITS),
                  Source.after(Activation.SIGMOID, PredictionForm.PROBABILITIES))
              : List.of(
                  Source.raw(PredictionForm.CLASS_LOGITS),
                  Source.after(Activation.LOG_SOFTMAX, PredictionForm.CLASS_LOG_PROBABILITIES),
                  Source.after(Activation.SOFTMAX, PredictionForm.CLASS_PROBABILITIES));
      case PROBABILITIES ->
          List.of(
              Source.raw(
                  binary ? PredictionForm.PROBABILITIES : PredictionForm.CLASS_PROBABILITIES));
      case INDEPENDENT, NUMBERS -> List.of();
    };
  }

  /**
   * Returns what an output is with its last step.
   *
   * @param binary whether each class is right or not by itself
   */
  static OutputMeaning of(boolean binary, Optional<Activation> last) {
    if (last.isEmpty()) {
      return PROBABILITIES;
    }
    return switch (last.get()) {
      case SIGMOID, LOG_SIGMOID -> binary ? LOGITS : INDEPENDENT;
      case SOFTMAX, LOG_SOFTMAX -> binary ? PROBABILITIES : LOGITS;
      case TANH, RELU, SOFTPLUS -> NUMBERS;
    };
  }
}
