package io.stagemark.task;

import io.stagemark.data.FileRange;
import io.stagemark.data.Tensor;
import java.nio.file.Path;
import java.util.List;

/** Where an example comes from. */
public sealed interface ExampleSource {

  /**
   * An image: a file, or a part of one.
   *
   * @param file to read at each decode
   */
  record ImageFile(FileRange file) implements ExampleSource {
    /** An image that is a file of its own. */
    public ImageFile(Path path) {
      this(FileRange.whole(path));
    }
  }

  /**
   * Tensors in memory, one for each model input, in the model's order, without the batch axis or
   * with a batch axis of 1.
   *
   * @param tensors not modified; none for an input that is carried from the step before
   * @param startsSequence false for a later step of a sequence
   */
  record InMemory(List<Tensor> tensors, boolean startsSequence) implements ExampleSource {
    public InMemory {
      tensors = List.copyOf(tensors);
    }

    /** An example that is independent of others. */
    public InMemory(List<Tensor> tensors) {
      this(tensors, true);
    }
  }
}
