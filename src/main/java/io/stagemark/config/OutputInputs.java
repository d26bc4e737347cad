package io.stagemark.config;

import io.stagemark.data.ShownPath;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps output and input apart: it refuses an output folder that contains an input, or that is
 * inside a data set's or a model's folder. It compares real paths, through links, letter case and
 * mounts.
 */
public final class OutputInputs {
  /**
   * Something that is read.
   *
   * @param what for the message, such as {@code the config}
   * @param path absolute
   * @param closed whether nothing may be written below it either
   */
  private record Input(String what, Path path, boolean closed) {}

  private final List<Input> inputs = new ArrayList<>();

  /** Adds a file or folder that the output must not hold. */
  public OutputInputs add(String what, Path path) {
    inputs.add(new Input(what, path, false));
    return this;
  }

  /** Adds a folder that the output must neither hold nor be in. */
  private void addClosed(String what, Path folder) {
    inputs.add(new Input(what, folder, true));
  }

  /** Adds the program itself. */
  public OutputInputs addProgram(Catalog catalog) {
    catalog.program().forEach(path -> add("the program", path));
    return this;
  }

  /** Adds all that a run reads. */
  public OutputInputs addRun(RunConfig config) {
    add("the config", config.file());
    DatasetSettings dataset = config.dataset();
    if (Datasets.format(dataset).hasFolder()) {
      addClosed("the data set", dataset.path());
    }
    dataset.truth().ifPresent(folder -> addClosed("the data set's truth", folder));
    dataset.annotations().ifPresent(file -> add("the data set's annotations", file));
    for (CaseSpec spec : config.cases()) {
      ModelCard card = spec.model();
      add("the card of model " + card.name(), card.file());
      card.files().values().forEach(file -> add("model " + card.name(), file.path()));
      Path folder = card.file().toAbsolutePath().normalize().resolveSibling("");
      // A card in the folder of the config is in the user's own folder for all of it, not in a
      // model's.
      if (!config.file().startsWith(folder)) {
        addClosed("the folder of model " + card.name(), folder);
      }
    }
    return this;
  }

  /** Adds a problem if an output folder is not apart from them. */
  public void check(Path output, Place place, Problems problems) {
    Optional<String> found =
        inputs.stream().flatMap(input -> clash(output, input).stream()).findFirst();
    found.ifPresent(
        clash ->
            problems.add(
                place,
                ShownPath.of(output) + ": " + clash,
                "a folder that holds nothing that is read, and is in no data set's or model's"
                    + " folder",
                "output: /tmp/stagemark-report"));
  }

  private static Optional<String> clash(Path output, Input input) {
    if (within(input.path(), output)) {
      return Optional.of("holds " + input.what() + ", " + ShownPath.of(input.path()));
    }
    return input.closed() && within(output, input.path())
        ? Optional.of("is in " + input.what() + ", " + ShownPath.of(input.path()))
        : Optional.empty();
  }

  /** Whether a path is a folder or below it; a folder that is not there has nothing below it. */
  private static boolean within(Path path, Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    for (Path at = real(path); at != null; at = at.getParent()) {
      if (isSame(at, folder)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Path path, Path folder) {
    try {
      return Files.exists(path) && Files.isSameFile(path, folder);
    } catch (IOException e) {
      return path.equals(folder); // not to be read: its name is all there is
    }
  }

  /** Returns the real path of as much of it as there is. */
  private static Path real(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    Path existing = whole;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return existing.toRealPath().resolve(existing.relativize(whole)).normalize();
    } catch (IOException e) {
      return whole;
    }
  }
}
