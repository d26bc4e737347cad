package io.stagemark.engine;

import io.stagemark.data.TensorSpec;
import java.nio.file.Path;
import java.util.List;
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
 */
public record ModelFile(
    String name, Optional<Path> path, List<TensorSpec> inputs, List<TensorSpec> outputs) {
  public ModelFile {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
