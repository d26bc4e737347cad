package io.stagemark.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stagemark.data.ElementType;
import io.stagemark.data.ImageSize;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.DrawRange;
import io.stagemark.dataset.ModelView;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.scoring.detection.CocoSettings;
import io.stagemark.task.TaskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@code models/NAME/model.yaml} says: written once, right for every run.
 *
 * @param name the folder's name, which a config uses
 * @param title one line for people
 * @param licence SPDX name or a sentence
 * @param provenance where the files come from and how they were converted
 * @param file the card itself, for messages
 * @param files by format, such as {@code onnx} and {@code torchscript}
 * @param inputs in the model's order
 * @param outputs in the model's order
 * @param task preprocessing, decoder, class names
 */
public record ModelCard(
    String name,
    String title,
    String licence,
    String provenance,
    Path file,
    Map<String, ModelArtifact> files,
    List<Port> inputs,
    List<Port> outputs,
    TaskSettings task) {
  public ModelCard {
    files = Map.copyOf(files);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Returns the inputs with the batch filled in. */
  public List<TensorSpec> inputs(int batch) {
    return inputs.stream().map(port -> port.withBatch(batch)).toList();
  }

  /** Returns the outputs with the batch filled in. */
  public List<TensorSpec> outputs(int batch) {
    return outputs.stream().map(port -> port.withBatch(batch)).toList();
  }

  /**
   * Returns the inputs that examples fill: without a fixed value, and not derived from a picture;
   * the batch filled in.
   */
  public List<TensorSpec> openInputs(int batch) {
    Set<String> fixed = fixedInputs();
    return inputs.stream()
        .filter(port -> !fixed.contains(port.name()))
        .map(port -> port.withBatch(batch))
        .toList();
  }

  /** Returns the names of the inputs that no example fills: fixed or derived. */
  public Set<String> fixedInputs() {
    Set<String> names = new HashSet<>(values().keySet());
    names.addAll(task.derived().keySet());
    return names;
  }

  /** Returns what an input always holds, by its name. */
  public Map<String, List<Double>> values() {
    return inputs.stream()
        .filter(port -> !port.value().isEmpty())
        .collect(Collectors.toMap(Port::name, Port::value));
  }

  /** Returns how the model's AP is evaluated, as the config says. */
  public CocoSettings evaluation() {
    return task.coco().orElse(CocoSettings.COCO);
  }

  /**
   * Returns whether each image gives the model's input its size: the image input's sides are open,
   * and preprocessing pads to a multiple.
   */
  public boolean sizesByImage() {
    return task.preprocess().filter(PreprocessSettings::sizesByImage).isPresent()
        && openInputs(1).stream().anyMatch(input -> !input.isStatic());
  }

  /**
   * Returns the size of the image input for an image.
   *
   * @param widthPx of the image, upright
   * @param heightPx likewise
   * @throws IllegalArgumentException if the image cannot be fitted
   */
  public ImageSize inputSize(int widthPx, int heightPx) {
    return ImageStage.inputSize(
        task.preprocess().orElseThrow(), openInputs(1).get(0), widthPx, heightPx);
  }

  /**
   * Returns the same card for the images of one input size.
   *
   * @param size of the image input, whose sides are open on this card
   * @param outputsThen the outputs for it
   */
  public ModelCard at(ImageSize size, List<Port> outputsThen) {
    boolean channelsFirst = task.preprocess().orElseThrow().layout() == Layout.NCHW;
    Set<String> fixed = fixedInputs();
    List<Port> inputsThen =
        inputs.stream()
            .map(port -> fixed.contains(port.name()) ? port : port.sized(size, channelsFirst))
            .toList();
    return new ModelCard(
        name, title, licence, provenance, file, files, inputsThen, outputsThen, task);
  }

  /** Returns what a data set must know to read examples for this model. */
  public ModelView view() {
    List<TensorSpec> own =
        openInputs(1).stream()
            .filter(input -> task.carries().stream().noneMatch(c -> c.input().equals(input.name())))
            .toList();
    Map<String, DrawRange> ranges = new HashMap<>();
    inputs.forEach(port -> port.range().ifPresent(range -> ranges.put(port.name(), range)));
    return new ModelView(
        task.labels(), slots(own), !task.carries().isEmpty(), ranges, task.objectParts());
  }

  /** An example is one of a batch that the model fixes: the first axis of the first input. */
  private static List<TensorSpec> slots(List<TensorSpec> inputs) {
    long batch =
        inputs.isEmpty() || inputs.get(0).shape().isEmpty() ? 1 : inputs.get(0).shape().get(0);
    return inputs.stream()
        .map(
            input ->
                !input.shape().isEmpty() && input.shape().get(0) == batch
                    ? new TensorSpec(input.name(), input.type(), ofOne(input.shape()))
                    : input)
        .toList();
  }

  private static List<Long> ofOne(List<Long> shape) {
    List<Long> slot = new ArrayList<>(shape);
    slot.set(0, 1L);
    return slot;
  }

  /**
   * An input or output whose batch axis is still open.
   *
   * @param name the model's name for it
   * @param type element type
   * @param shape extents; {@link #BATCH} for the batch axis, {@link TensorSpec#DYNAMIC} for an
   *     extent that depends on the data
   * @param activation last step of an output that the network leaves out
   * @param value what an input always holds: one number for every element, or a number for each
   *     element of an example; empty for an input that the examples fill
   * @param range where random values of an input are drawn from
   */
  public record Port(
      String name,
      ElementType type,
      List<Long> shape,
      Optional<Activation> activation,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> value,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<DrawRange> range) {
    /** The extent of N, the batch axis, in a {@link #shape}. */
    public static final long BATCH = -2;

    public Port {
      shape = List.copyOf(shape);
      // in the files of older programs
      value = value == null ? List.of() : List.copyOf(value);
      range = range == null ? Optional.empty() : range;
    }

    /** An input that the examples fill, or an output. */
    public Port(String name, ElementType type, List<Long> shape, Optional<Activation> activation) {
      this(name, type, shape, activation, List.of(), Optional.empty());
    }

    /** An input, or an output that is complete as the network gives it. */
    public Port(String name, ElementType type, List<Long> shape) {
      this(name, type, shape, Optional.empty());
    }

    /** Returns an image input with its sides filled in. */
    private Port sized(ImageSize size, boolean channelsFirst) {
      List<Long> filled = new ArrayList<>(shape);
      filled.set(channelsFirst ? 2 : 1, (long) size.heightPx());
      filled.set(channelsFirst ? 3 : 2, (long) size.widthPx());
      return withShape(filled);
    }

    /** Returns the port with other extents. */
    public Port withShape(List<Long> extents) {
      return new Port(name, type, extents, activation, value, range);
    }

    /** Returns the port with the batch filled in. */
    public TensorSpec withBatch(int batch) {
      List<Long> filled = new ArrayList<>(shape);
      filled.replaceAll(extent -> extent == BATCH ? Long.valueOf(batch) : extent);
      return new TensorSpec(name, type, filled);
    }
  }
}
