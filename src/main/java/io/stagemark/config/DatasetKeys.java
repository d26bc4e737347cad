package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.dataset.DatasetFormat;
import io.stagemark.dataset.DatasetKey;
import io.stagemark.dataset.DatasetOption;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.ModelView;
import io.stagemark.dataset.UnknownClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the section {@code dataset} and checks that its files exist. */
final class DatasetKeys {
  /** The keys that name files, in the order of messages. */
  private static final Map<DatasetKey, Key<String>> PATHS = new EnumMap<>(DatasetKey.class);

  static {
    PATHS.put(DatasetKey.IMAGES, RunKeys.IMAGES);
    PATHS.put(DatasetKey.PATH, RunKeys.PATH);
    PATHS.put(DatasetKey.ANNOTATIONS, RunKeys.ANNOTATIONS);
    PATHS.put(DatasetKey.MASKS, RunKeys.MASKS);
    PATHS.put(DatasetKey.TARGETS, RunKeys.TARGETS);
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
    List<DatasetOption> own = named(section.get()).map(DatasetFormat::options).orElse(List.of());
    List<Key<?>> known = new ArrayList<>(RunKeys.DATASET_KEYS);
    own.forEach(option -> known.add(key(option)));
    Section keys = section.get().knowing(known);
    Optional<DatasetFormat> format =
        keys.find(RunKeys.FORMAT).map(name -> Datasets.formats().get(name));
    Map<DatasetKey, Path> paths =
        format.map(it -> paths(keys, it)).orElseGet(() -> new EnumMap<>(DatasetKey.class));
    Optional<Integer> limit = keys.find(RunKeys.LIMIT).map(Long::intValue);
    boolean leaveOut = keys.get(RunKeys.UNKNOWN_CLASSES) == UnknownClasses.LEAVE_OUT;
    if (leaveOut) {
      format
          .filter(it -> !takes(it, DatasetKey.UNKNOWN_CLASSES))
          .ifPresent(it -> refuseLeaveOut(keys, it.name()));
    }
    Map<String, String> options = new LinkedHashMap<>();
    own.forEach(
        option -> keys.find(key(option)).ifPresent(value -> options.put(option.name(), value)));
    if (problems.count() > before) {
      return Optional.empty();
    }
    DatasetSettings settings =
        new DatasetSettings(
                format.orElseThrow().name(),
                one(paths, DatasetKey.IMAGES, DatasetKey.PATH)
                    .orElseGet(() -> Path.of(format.orElseThrow().name())),
                one(paths, DatasetKey.ANNOTATIONS),
                one(paths, DatasetKey.MASKS, DatasetKey.TARGETS),
                limit)
            .with(options);
    return Optional.of(leaveOut ? settings.leavingOutUnknownClasses() : settings);
  }

  /** Returns the format that a section names, without a word on a name that is wrong. */
  private static Optional<DatasetFormat> named(Section section) {
    return Optional.ofNullable(section.tuples().get(RunKeys.FORMAT.name()))
        .flatMap(tuple -> ValueRange.scalar(tuple.getValueNode()))
        .flatMap(Datasets.formats()::find);
  }

  private static Key<String> key(DatasetOption option) {
    ValueRange<String> range = ValueRange.matching(option.expected(), option.values());
    return option
        .fallback()
        .map(value -> Key.defaulted(option.name(), range, value))
        .orElseGet(() -> Key.required(option.name(), range, option.example()));
  }

  private static boolean takes(DatasetFormat format, DatasetKey key) {
    return format.required().contains(key) || format.optional().contains(key);
  }

  /** Returns the files and folders that a format needs or takes; what it does not is refused. */
  private Map<DatasetKey, Path> paths(Section keys, DatasetFormat format) {
    Map<DatasetKey, Path> paths = new EnumMap<>(DatasetKey.class);
    PATHS.forEach(
        (key, written) -> {
          if (format.required().contains(key)
              || (format.optional().contains(key) && keys.has(written))) {
            needed(keys, written, format.name()).ifPresent(path -> paths.put(key, path));
          }
        });
    PATHS.forEach(
        (key, written) -> {
          if (!takes(format, key)) {
            refuse(keys, written, format.name());
          }
        });
    return paths;
  }

  private static Optional<Path> one(Map<DatasetKey, Path> paths, DatasetKey... keys) {
    return Stream.of(keys).flatMap(key -> Optional.ofNullable(paths.get(key)).stream()).findFirst();
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
        "refuse: only truth of formats %s can be left out by its class"
            .formatted(
                Datasets.formats().names().stream()
                    .filter(name -> takes(Datasets.formats().get(name), DatasetKey.UNKNOWN_CLASSES))
                    .collect(Collectors.joining(", "))),
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
      views.add(Datasets.format(settings).holdsTensors() ? view.ofTensors() : view.ofImages());
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
