package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Truth;
import io.stagemark.spi.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A way to store examples: what {@code dataset.format} of a config names. */
public interface DatasetFormat extends Named {
  /** Returns what it reads, in one line. */
  String description();

  /**
   * Returns the keys that a config must give: {@code IMAGES} or {@code PATH} is one of them, unless
   * the examples are made and not read.
   */
  Set<DatasetKey> required();

  /** Returns whether the examples are read from a folder, or a file with all of them. */
  default boolean hasFolder() {
    return required().contains(DatasetKey.IMAGES) || required().contains(DatasetKey.PATH);
  }

  /** Returns the keys that a config may give; default: none. */
  default Set<DatasetKey> optional() {
    return Set.of();
  }

  @Override
  default void requireUsable() {
    Objects.requireNonNull(description(), "it has no description");
    Objects.requireNonNull(required(), "it says no keys");
    Objects.requireNonNull(options(), "it says no options");
  }

  /** Returns keys of its own, read into {@link DatasetSettings#options}; default: none. */
  default List<DatasetOption> options() {
    return List.of();
  }

  /**
   * Returns whether the examples are tensors, for models without preprocessing; default: images.
   */
  default boolean holdsTensors() {
    return false;
  }

  /** Returns whether the examples have truth, so that they can be scored. */
  boolean hasTruth(DatasetSettings settings);

  /**
   * Reads the examples: the same ones in the same order each time, in the parent process and in
   * each trial. It need not read images: the caller checks that each is a whole file. An image that
   * is a part of a file comes with its header ({@link Example#with}).
   *
   * @param settings what the config says: at most {@code limit} examples; {@code only} is the
   *     caller's
   * @param model classes and inputs; empty if no model is known: then truth is not mapped to
   *     classes, and tensors need not be read
   * @throws BadInputException with all problems of the files
   */
  Dataset open(DatasetSettings settings, Optional<ModelView> model) throws BadInputException;

  /**
   * Returns the files and folders that the examples and their truth come from, each once, in order:
   * a run refuses to go on when one has changed. For a folder all files in it are compared.
   *
   * @throws IOException if a folder cannot be listed
   */
  default List<Path> files(DatasetSettings settings, Dataset dataset) throws IOException {
    Set<Path> all = new LinkedHashSet<>();
    settings.annotations().ifPresent(all::add);
    for (Example example : dataset.examples()) {
      if (example.hasFile()) {
        all.add(example.file());
      }
      if (example.truth() instanceof Truth.Mask mask) {
        all.add(mask.file());
      } else if (example.truth() instanceof Truth.Target target) {
        all.add(target.file());
      }
    }
    return List.copyOf(all);
  }
}
