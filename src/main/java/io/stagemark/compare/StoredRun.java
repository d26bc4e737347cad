package io.stagemark.compare;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.comparison.Side;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.scoring.detection.CocoSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run in its folder.
 *
 * @param folder that contains {@code result.json}
 * @param result the tree
 * @param source of the raw samples
 */
public record StoredRun(Path folder, RunResult result, SampleSource source) {

  /**
   * Reads a run.
   *
   * @param place its folder, or its {@code result.json}
   * @param role {@code baseline} or {@code candidate}, for messages
   * @throws BadInputException if there is none, or it cannot be read
   */
  public static StoredRun read(Path place, String role, SampleSource source)
      throws BadInputException {
    if (!Files.exists(place)) {
      throw new BadInputException(
          new Problem(
              place.toString(),
              "no " + role + ": no such folder",
              "the folder of a finished run with its result.json and samples/",
              "./stagemark run CONFIG --set output=" + place.toAbsolutePath()));
    }
    Path folder = Files.isDirectory(place) ? place : place.toAbsolutePath().resolveSibling("");
    return new StoredRun(folder, ResultFiles.readRun(place), source);
  }

  /** Returns the samples of each good trial of a case. */
  List<Map<Stage, long[]>> samples(CaseResult one) throws BadInputException {
    List<Map<Stage, long[]>> trials = new ArrayList<>();
    for (TrialResult trial : one.trials()) {
      if (trial.measured().isPresent()) {
        trials.add(source.read(inFolder(trial.measured().get().samples())));
      }
    }
    return trials;
  }

  /**
   * Returns a file that the result names. It is inside the run's folder: a foreign result must not
   * make the program read other files, not even through a link.
   */
  private Path inFolder(String name) throws BadInputException {
    String found = name;
    try {
      Path file = folder.resolve(name);
      boolean inside =
          !Path.of(name).isAbsolute()
              && file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
      if (inside && Files.exists(file)) {
        inside = file.toRealPath().startsWith(folder.toRealPath());
        found = name + ", a link to another folder";
      }
      if (inside) {
        return file;
      }
    } catch (InvalidPathException | IOException e) {
      found = name + ": " + e.getMessage();
    }
    throw new BadInputException(
        new Problem(
            folder.resolve(ResultFiles.RESULT) + ": samples",
            found,
            "a file in the run's folder, such as samples/NAME.npy",
            "run the config again"));
  }

  /** Returns the examples of a case; none if the run kept none. */
  List<ExampleResult> examples(CaseResult one) throws BadInputException {
    Path file = folder.resolve(CaseExamples.fileName(one.id()));
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    return ResultFiles.readExamples(file).examples();
  }

  /**
   * Returns the part of the resolved config for a case: a tree of maps; empty in foreign results.
   */
  Optional<Map<?, ?>> config(CaseResult.Key key) {
    if (!(result.config().get("cases") instanceof List<?> cases)) {
      return Optional.empty();
    }
    for (Object one : cases) {
      if (one instanceof Map<?, ?> spec
          && spec.get("model") instanceof Map<?, ?> model
          && key.model().equals(model.get("name"))) {
        return Optional.of(spec);
      }
    }
    return Optional.empty();
  }

  /** Returns how a case's AP was evaluated. */
  CocoSettings evaluation(CaseResult.Key key) {
    return config(key)
        .map(spec -> spec.get("model") instanceof Map<?, ?> model ? model.get("task") : null)
        .map(task -> task instanceof Map<?, ?> keys ? keys.get("coco") : null)
        .map(coco -> coco instanceof Map<?, ?> keys ? evaluation(keys) : null)
        .orElse(CocoSettings.COCO);
  }

  /** Returns the settings; COCO's where the file has others than a run writes. */
  private static CocoSettings evaluation(Map<?, ?> coco) {
    try {
      return new CocoSettings(
          numbers(coco.get("iouThresholds")),
          numbers(coco.get("maxDetections")).stream().map(Double::intValue).toList(),
          numbers(coco.get("areaBoundsPx2")));
    } catch (IllegalArgumentException e) {
      return CocoSettings.COCO;
    }
  }

  private static List<Double> numbers(@Nullable Object list) {
    List<Double> numbers = new ArrayList<>();
    if (list instanceof List<?> values) {
      values.forEach(
          value -> numbers.add(value instanceof Number number ? number.doubleValue() : Double.NaN));
    }
    return numbers;
  }

  Side side() {
    Environment e = result.environment();
    return new Side(
        result.name(),
        PortablePaths.ofCommand().of(folder),
        result.startedAt(),
        e.cores() + " × " + e.cpu(),
        "Stagemark " + e.stagemark() + ", " + e.jdk());
  }
}
