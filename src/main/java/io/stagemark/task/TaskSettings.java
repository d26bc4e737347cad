package io.stagemark.task;

import io.stagemark.data.LabelMap;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.scoring.activation.Activation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model card says of everything around the network.
 *
 * @param task name of the {@link Task}
 * @param preprocess how an image becomes the input tensor; empty for a model that takes tensors
 * @param decoder how the outputs become predictions; empty for a task that has none
 * @param labels the class names
 * @param activations last step of an output that the network leaves out, by the output's name
 * @param carries outputs that are inputs of the next step of a sequence
 */
public record TaskSettings(
    String task,
    Optional<PreprocessSettings> preprocess,
    Optional<DecoderSettings> decoder,
    LabelMap labels,
    Map<String, Activation> activations,
    List<Carry> carries) {
  public TaskSettings {
    activations = Map.copyOf(activations);
    carries = List.copyOf(carries);
  }

  /** The settings of a model with neither activations nor carried state. */
  public TaskSettings(
      String task,
      Optional<PreprocessSettings> preprocess,
      Optional<DecoderSettings> decoder,
      LabelMap labels) {
    this(task, preprocess, decoder, labels, Map.of(), List.of());
  }

  /**
   * State from step to step: zeros at the start of a sequence.
   *
   * @param output name of the output after a step
   * @param input name of the input before the next
   */
  public record Carry(String output, String input) {}

  /** Returns whether an output is state alone. */
  boolean isCarriedOutput(String output) {
    return carries.stream().anyMatch(carry -> carry.output().equals(output));
  }
}
