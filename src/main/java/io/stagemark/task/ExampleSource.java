package io.stagemark.task;

import io.stagemark.data.Tensor;
import java.nio.file.Path;
import java.util.List;

/** Where an example comes from. */
public sealed interface ExampleSource {

  /**
   * An image file: JPEG, PNG, WebP or BMP.
   *
   * @param path to read at each decode
   */
  record ImageFile(Path path) implements ExampleSource {}

  /**
   * Tensors in memory, one for each model input, in the model's order, without the batch axis or
   * with a batch axis of 1.
   *
   * @param tensors not modified
   */
  record InMemory(List<Tensor> tensors) implements ExampleSource {
    public InMemory {
      tensors = List.copyOf(tensors);
    }
  }
}
