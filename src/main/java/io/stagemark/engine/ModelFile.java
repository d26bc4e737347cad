package io.stagemark.engine;

import io.stagemark.data.TensorSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as an engine gets it.
 *
 * @param name the model's name, for messages
 * @param path the file, whose digest was checked; empty for an engine that needs none
 * @param inputs what the model card says of the inputs, in the model's order, the batch filled in;
 *     a format that names no inputs (TorchScript) is bound by this order
 * @param outputs what the card says of the outputs, in the model's order, the batch filled in;
 *     {@link TensorSpec#DYNAMIC} extents where they depend on the data
 * @param values what an input always holds, by its name: one number for every element, or a number
 *     for each element of an example; an engine that runs a model before its inputs are filled
 *     needs them, because zeros may be no input that the model takes
 */
public record ModelFile(
    String name,
    Optional<Path> path,
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    Map<String, List<Double>> values) {
  public ModelFile {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    values = Map.copyOf(values);
  }

  /** A model whose inputs are all filled from outside. */
  public ModelFile(
      String name, Optional<Path> path, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    this(name, path, inputs, outputs, Map.of());
  }
}
