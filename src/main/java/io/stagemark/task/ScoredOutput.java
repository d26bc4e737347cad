package io.stagemark.task;

import io.stagemark.data.Quantization;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.LastStep;
import io.stagemark.scoring.activation.Activation;
import java.util.List;
import java.util.Optional;

/**
 * The output that a classifier or segmentation model is read from: the first that is no state.
 *
 * @param index among the model's outputs
 * @param spec of the output
 * @param activation last step that the network leaves out
 * @param meaning what the scores are that losses are taken from
 * @param quantization of the scores
 */
record ScoredOutput(
    int index,
    TensorSpec spec,
    Optional<Activation> activation,
    OutputMeaning meaning,
    Quantization quantization) {
  /** Each class is right or not by itself. */
  static final String BINARY = "binary";

  /** One of the classes is right. */
  static final String CLASSIFICATION = "classification";

  /** Returns whether the card says that each class is right or not by itself. */
  static boolean isBinary(TaskSettings settings) throws TaskException {
    String type =
        settings
            .decoder()
            .orElseThrow(
                () ->
                    new TaskException("task '" + settings.task() + "' needs a decoder in the card"))
            .type();
    if (!type.equals(BINARY) && !type.equals(CLASSIFICATION)) {
      throw new TaskException(
          "task '%s' has no decoder '%s'; it has %s (one class is right) and %s (each by itself)"
              .formatted(settings.task(), type, CLASSIFICATION, BINARY));
    }
    if (settings.labels().size() == 0) {
      throw new TaskException("task '" + settings.task() + "' needs labels in the card");
    }
    return type.equals(BINARY);
  }

  static ScoredOutput of(TaskSettings settings, List<TensorSpec> outputs) throws TaskException {
    boolean binary = isBinary(settings);
    for (int i = 0; i < outputs.size(); i++) {
      TensorSpec output = outputs.get(i);
      if (!settings.isCarriedOutput(output.name())) {
        ScoresLayout.requireFloating(output);
        Optional<Activation> last = activation(settings, output.name());
        if (binary
            && settings.labels().size() == 1
            && last.filter(Activation::isOfRow).isPresent()) {
          throw new TaskException(
              "%s of one class is 1 everywhere: it needs two classes or more"
                  .formatted(last.get().text()));
        }
        return new ScoredOutput(
            i, output, last, OutputMeaning.of(binary, last), settings.quantization(output.name()));
      }
    }
    throw new TaskException("the model gives nothing but state: " + outputs);
  }

  /** An activation that nothing would apply must not be passed over. */
  private static Optional<Activation> activation(TaskSettings settings, String output)
      throws TaskException {
    for (String named : settings.activations().keySet()) {
      if (!named.equals(output)) {
        throw new TaskException(
            "the card names an activation of output '%s'; task '%s' reads output '%s' alone"
                .formatted(named, settings.task(), output));
      }
    }
    return Optional.ofNullable(settings.activations().get(output));
  }

  /**
   * Returns what the scores will be, from the card alone: its one activation is taken for that of
   * the output that is read, which {@link #of} checks.
   */
  static OutputMeaning meaning(TaskSettings settings) throws TaskException {
    return OutputMeaning.of(
        isBinary(settings), settings.activations().values().stream().findFirst());
  }

  /** Returns what the last step makes of the scores, for a message; nothing without one. */
  static String described(TaskSettings settings, OutputMeaning meaning) {
    return settings.activations().values().stream()
        .findFirst()
        .map(last -> " whose scores are %s after %s".formatted(meaning.words(), last.text()))
        .orElse("");
  }

  boolean logits() {
    return meaning == OutputMeaning.LOGITS;
  }

  /** Returns the last step that predictions are made with. */
  LastStep lastStep() {
    return CardActivation.of(activation);
  }

  /** Returns the scores of one example as double: logits as they are, others after their step. */
  double[] row(List<Tensor> outputs) {
    Tensor output = outputs.get(index);
    double[] row = new double[Math.toIntExact(output.spec().elements())];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) quantization.real(output.number(i));
    }
    if (!logits()) {
      lastStep().apply(row);
    }
    return row;
  }
}
