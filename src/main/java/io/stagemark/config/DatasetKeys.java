package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.data.LabelMap;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.ModelView;
import io.stagemark.dataset.UnknownClasses;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the section {@code dataset} and checks that its files exist. */
final class DatasetKeys {
  /** Which folder of examples, which file and which folder of truth a format reads. */
  private record Uses(Key<String> folder, Optional<Key<String>> file, Optional<Key<String>> truth) {
    static Uses of(String format) {
      return switch (format) {
        case "coco", "csv" ->
            new Uses(RunKeys.IMAGES, Optional.of(RunKeys.ANNOTATIONS), Optional.empty());
        case "masks" -> new Uses(RunKeys.IMAGES, Optional.empty(), Optional.of(RunKeys.MASKS));
        case "tensors" -> new Uses(RunKeys.PATH, Optional.empty(), Optional.of(RunKeys.TARGETS));
        default -> new Uses(RunKeys.IMAGES, Optional.empty(), Optional.empty());
      };
    }
  }

  private final Path file;
  private final Problems problems;

  DatasetKeys(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * The settings of a section that is wrong; it is never used, since the problems end the program.
   */
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
    Optional<Path> path = Optional.empty();
    Optional<Path> annotations = Optional.empty();
    Optional<Path> truth = Optional.empty();
    if (format.isPresent()) {
      Uses uses = Uses.of(format.get());
      path = needed(keys, uses.folder(), format.get());
      annotations = uses.file().flatMap(key -> needed(keys, key, format.get()));
      truth =
          uses.truth()
              .filter(key -> !key.equals(RunKeys.TARGETS) || keys.has(key))
              .flatMap(key -> needed(keys, key, format.get()));
      for (Key<String> key :
          List.of(
              RunKeys.IMAGES, RunKeys.ANNOTATIONS, RunKeys.MASKS, RunKeys.PATH, RunKeys.TARGETS)) {
        if (!key.equals(uses.folder())
            && !uses.file().equals(Optional.of(key))
            && !uses.truth().equals(Optional.of(key))) {
          refuse(keys, key, format.get());
        }
      }
    }
    Optional<Integer> limit = keys.find(RunKeys.LIMIT).map(Long::intValue);
    boolean leaveOut = keys.get(RunKeys.UNKNOWN_CLASSES) == UnknownClasses.LEAVE_OUT;
    if (leaveOut) {
      format.filter(it -> !it.equals("coco")).ifPresent(it -> refuseLeaveOut(keys, it));
    }
    if (problems.count() > before) {
      return Optional.empty();
    }
    DatasetSettings settings =
        new DatasetSettings(format.orElseThrow(), path.orElseThrow(), annotations, truth, limit);
    return Optional.of(leaveOut ? settings.leavingOutUnknownClasses() : settings);
  }

  private Optional<Path> needed(Section keys, Key<String> key, String format) {
    int before = problems.count();
    Optional<Path> path = keys.find(key).flatMap(written -> FilePaths.beside(file, written));
    if (path.isEmpty() && problems.count() == before) {
      problems.add(
          keys.placeOf(key),
          keys.has(key) ? "no path" : "nothing: the key is missing",
          key.range().expected() + " (format " + format + " needs it)",
          key.line());
    }
    return path;
  }

  private void refuseLeaveOut(Section keys, String format) {
    problems.add(
        keys.placeOf(RunKeys.UNKNOWN_CLASSES),
        "leave-out with format " + format,
        "refuse: only annotations of format coco can be left out one by one",
        RunKeys.UNKNOWN_CLASSES.line());
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

  /** Opens the data set as each model of the cases sees it, and reports what is wrong. */
  void check(DatasetSettings settings, List<CaseSpec> cases) {
    Set<ModelView> views = new LinkedHashSet<>();
    for (CaseSpec each : cases) {
      ModelView view = each.model().view();
      views.add(
          settings.format().equals("tensors")
              ? new ModelView(new LabelMap(List.of()), view.inputs(), view.sequences())
              : new ModelView(view.labels(), List.of(), false));
    }
    if (views.isEmpty()) {
      problems.addAll(Datasets.problems(settings));
    }
    for (ModelView view : views) {
      try {
        Datasets.open(settings, view);
      } catch (BadInputException e) {
        problems.addAll(e.problems());
      }
    }
  }
}
