package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code dataset} and tries what it names. */
final class DatasetKeys {
  private record View(LabelMap labels, List<TensorSpec> inputs) {}

  private final Path file;
  private final Problems problems;

  DatasetKeys(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Stands in where the section is wrong; the problems then keep it from being used. */
  static DatasetSettings none() {
    return new DatasetSettings("images", Path.of(""), Optional.empty(), Optional.empty());
  }

  /** Returns the settings; empty if something is wrong with them. */
  Optional<DatasetSettings> read(Section root) {
    int before = problems.count();
    Optional<Section> section = root.child(RunKeys.DATASET);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Section keys = section.get().knowing(RunKeys.DATASET_KEYS);
    Optional<String> format = keys.find(RunKeys.FORMAT);
    Key<String> folder = format.equals(Optional.of("tensors")) ? RunKeys.PATH : RunKeys.IMAGES;
    Key<String> other = folder.equals(RunKeys.PATH) ? RunKeys.IMAGES : RunKeys.PATH;
    Optional<Path> path = Optional.empty();
    Optional<Path> annotations = Optional.empty();
    if (format.isPresent()) {
      path = needed(keys, folder, format.get());
      refuse(keys, other, format.get());
      if (format.get().equals("coco")) {
        annotations = needed(keys, RunKeys.ANNOTATIONS, format.get());
      } else {
        refuse(keys, RunKeys.ANNOTATIONS, format.get());
      }
    }
    Optional<Integer> limit = keys.find(RunKeys.LIMIT).map(Long::intValue);
    return problems.count() > before
        ? Optional.empty()
        : Optional.of(
            new DatasetSettings(format.orElseThrow(), path.orElseThrow(), annotations, limit));
  }

  private Optional<Path> needed(Section keys, Key<String> key, String format) {
    int before = problems.count();
    Optional<Path> path = keys.find(key).flatMap(written -> FilePaths.beside(file, written));
    if (path.isEmpty() && problems.count() == before) {
      problems.add(
          keys.placeOf(key),
          keys.has(key) ? "no path" : "nothing: the key is missing",
          key.kind().expected() + " (format " + format + " needs it)",
          key.line());
    }
    return path;
  }

  private void refuse(Section keys, Key<String> key, String format) {
    if (keys.has(key)) {
      problems.add(
          keys.placeOf(key),
          "a key that format " + format + " does not use",
          key.expected(),
          "remove this line");
    }
  }

  /** Opens the data set as each model of the cases sees it, and tells what is wrong. */
  void check(DatasetSettings settings, List<CaseSpec> cases) {
    Set<View> views = new LinkedHashSet<>();
    for (CaseSpec each : cases) {
      boolean tensors = settings.format().equals("tensors");
      views.add(
          new View(
              tensors ? new LabelMap(List.of()) : each.model().task().labels(),
              tensors
                  ? each.model().inputs().stream().map(port -> port.withBatch(1)).toList()
                  : List.of()));
    }
    if (views.isEmpty()) {
      problems.addAll(Datasets.problems(settings));
    }
    for (View view : views) {
      try {
        Datasets.open(settings, view.labels(), view.inputs());
      } catch (BadInputException e) {
        problems.addAll(e.problems());
      }
    }
  }
}
