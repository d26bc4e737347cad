package io.stagemark.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stagemark.data.LabelMap;
import io.stagemark.data.Quantization;
import io.stagemark.data.object.ObjectPart;
import io.stagemark.postprocess.DecoderSettings;
import io.stagemark.postprocess.decoder.Decoders;
import io.stagemark.preprocess.DerivedValue;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.scoring.detection.CocoSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model card says of everything around the network.
 *
 * @param task name of the {@link Task}
 * @param preprocess how an image becomes the input tensor; empty for a model that takes tensors
 * @param decoder how the outputs become predictions; empty for a task that has none
 * @param labels the class names
 * @param activations last step of an output that the network leaves out, by the output's name
 * @param carries outputs that are inputs of the next step of a sequence
 * @param quantizations how an image input or an output of whole numbers stands for real ones, by
 *     its name
 * @param derived inputs that are made from each picture's size, by name
 * @param coco how AP is evaluated, from the config; empty for COCO's own way
 */
public record TaskSettings(
    String task,
    Optional<PreprocessSettings> preprocess,
    Optional<DecoderSettings> decoder,
    LabelMap labels,
    Map<String, Activation> activations,
    List<Carry> carries,
    // left out of stored runs when empty, as by older programs
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Quantization> quantizations,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, DerivedValue> derived,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<CocoSettings> coco) {
  public TaskSettings {
    activations = Map.copyOf(activations);
    carries = List.copyOf(carries);
    quantizations = quantizations == null ? Map.of() : Map.copyOf(quantizations);
    derived = derived == null ? Map.of() : Map.copyOf(derived);
    coco = coco == null ? Optional.empty() : coco;
  }

  /** The settings of a model whose numbers are real and whose inputs the examples fill. */
  public TaskSettings(
      String task,
      Optional<PreprocessSettings> preprocess,
      Optional<DecoderSettings> decoder,
      LabelMap labels,
      Map<String, Activation> activations,
      List<Carry> carries) {
    this(
        task,
        preprocess,
        decoder,
        labels,
        activations,
        carries,
        Map.of(),
        Map.of(),
        Optional.empty());
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

  /** Returns the same settings with another evaluation of AP. */
  public TaskSettings with(CocoSettings evaluation) {
    return new TaskSettings(
        task,
        preprocess,
        decoder,
        labels,
        activations,
        carries,
        quantizations,
        derived,
        Optional.of(evaluation));
  }

  /** Returns what the model finds of objects besides boxes: what of their truth is read. */
  public Set<ObjectPart> objectParts() {
    return decoder.map(each -> Decoders.parts(each.type(), each.parameters())).orElse(Set.of());
  }

  /** Returns how many key points the model finds of an object; 0 of a model without. */
  int keyPoints() {
    return objectParts().contains(ObjectPart.KEY_POINTS)
        ? decoder
            .flatMap(each -> Decoders.parameter(each.type(), each.parameters(), "keyPoints"))
            .map(text -> (int) Double.parseDouble(text))
            .orElse(0)
        : 0;
  }

  /** Returns how an output stands for real numbers; by itself where the card does not say. */
  Quantization quantization(String output) {
    return quantizations.getOrDefault(output, FloatOutputs.THEMSELVES);
  }

  /** Returns whether the model's boxes are in the picture's pixels: its size is an input. */
  boolean hasBoxesInPicture() {
    return derived.values().stream().anyMatch(DerivedValue::mapsBoxes);
  }

  /** Returns whether an output is state alone. */
  boolean isCarriedOutput(String output) {
    return carries.stream().anyMatch(carry -> carry.output().equals(output));
  }
}
