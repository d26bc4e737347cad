package io.stagemark.config;

import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.ModelView;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.task.TaskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Returns what a data set must know to read examples for this model. */
  public ModelView view() {
    List<TensorSpec> own =
        inputs(1).stream()
            .filter(input -> task.carries().stream().noneMatch(c -> c.input().equals(input.name())))
            .toList();
    return new ModelView(task.labels(), own, !task.carries().isEmpty());
  }

  /**
   * An input or output whose batch axis is still open.
   *
   * @param name the model's name for it
   * @param type element type
   * @param shape extents; {@link #BATCH} for the batch axis, {@link TensorSpec#DYNAMIC} for an
   *     extent that depends on the data
   * @param activation last step of an output that the network leaves out
   */
  public record Port(
      String name, ElementType type, List<Long> shape, Optional<Activation> activation) {
    /** The extent of N, the batch axis, in a {@link #shape}. */
    public static final long BATCH = -2;

    public Port {
      shape = List.copyOf(shape);
    }

    /** An input, or an output that is complete as the network gives it. */
    public Port(String name, ElementType type, List<Long> shape) {
      this(name, type, shape, Optional.empty());
    }

    /** Returns the port with the batch filled in. */
    public TensorSpec withBatch(int batch) {
      List<Long> filled = new ArrayList<>(shape);
      filled.replaceAll(extent -> extent == BATCH ? Long.valueOf(batch) : extent);
      return new TensorSpec(name, type, filled);
    }
  }
}
