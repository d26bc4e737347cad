package io.stagemark.task;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.OutputForm;
import io.stagemark.scoring.activation.Activation;
import java.util.List;
import java.util.Optional;

/**
 * The output that a classifier or segmentation model is read from: the first that is no state.
 *
 * @param index among the model's outputs
 * @param spec of the output
 * @param form probabilities, or logits that the card's activation makes probabilities of
 */
record ScoredOutput(int index, TensorSpec spec, OutputForm form) {
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
        if (output.type() != ElementType.FLOAT32) {
          throw new TaskException("class scores are read as float32, the model gives " + output);
        }
        return new ScoredOutput(i, output, form(settings, output.name(), binary));
      }
    }
    throw new TaskException("the model gives nothing but state: " + outputs);
  }

  private static OutputForm form(TaskSettings settings, String output, boolean binary)
      throws TaskException {
    Optional<Activation> activation = Optional.ofNullable(settings.activations().get(output));
    Activation fitting = binary ? Activation.SIGMOID : Activation.SOFTMAX;
    boolean others = settings.activations().size() > (activation.isPresent() ? 1 : 0);
    if (others || activation.filter(it -> it != fitting).isPresent()) {
      throw new TaskException(
          "output '%s' of a %s model takes activation %s or none; the card says %s"
              .formatted(
                  output,
                  binary ? BINARY : CLASSIFICATION,
                  fitting.text(),
                  settings.activations()));
    }
    if (activation.isEmpty()) {
      return OutputForm.PROBABILITIES;
    }
    return binary ? OutputForm.SIGMOID_LOGITS : OutputForm.SOFTMAX_LOGITS;
  }

  /** A task that does not apply activations must not pass over them. */
  static void refuseActivations(TaskSettings settings) throws TaskException {
    if (!settings.activations().isEmpty()) {
      throw new TaskException(
          "task '%s' applies no activation; the card names %s"
              .formatted(settings.task(), settings.activations()));
    }
  }

  boolean logits() {
    return form != OutputForm.PROBABILITIES;
  }

  /** Returns the scores of one example as double. */
  double[] row(List<Tensor> outputs) {
    Tensor output = outputs.get(index);
    double[] row = new double[Math.toIntExact(output.spec().elements())];
    for (int i = 0; i < row.length; i++) {
      row[i] = output.floats().get(i);
    }
    return row;
  }
}
