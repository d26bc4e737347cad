package io.stagemark.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What is right for one example, by kind of task. */
public sealed interface Truth {

  /**
   * Every object in an image.
   *
   * @param annotations in the order of the data set
   */
  record Objects(List<Annotation> annotations) implements Truth {
    public Objects {
      annotations = List.copyOf(annotations);
    }
  }

  /**
   * The classes that an example belongs to.
   *
   * @param classIds indices into the model's label map, from 0; one for a classifier, any number
   *     (none too) for one that answers for each class by itself
   */
  record Label(List<Integer> classIds) implements Truth {
    public Label {
      classIds = List.copyOf(classIds);
    }
  }

  /**
   * A class for each pixel of an image.
   *
   * @param file an 8-bit grey PNG of the image's size: class ids, or 0 and 255 for a binary model;
   *     read after the clock
   */
  record Mask(Path file) implements Truth {}

  /**
   * Numbers that a model of tensors should give.
   *
   * @param file the {@code .npy} they come from
   * @param stored for a classifier a class index, or a number in [0, 1] a class; read after the
   *     clock
   */
  record Target(Path file, Stored<Tensor> stored) implements Truth {
    /** Numbers in memory. */
    public Target(Path file, Tensor values) {
      this(file, () -> values);
    }

    /**
     * Returns the numbers, which are not modified.
     *
     * @throws UncheckedIOException if the file is no longer what it was when the data set was
     *     opened
     */
    public Tensor values() {
      try {
        return stored.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The data set has no truth for this example: it can be timed, not scored. */
  record Unknown() implements Truth {}
}
