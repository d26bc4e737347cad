package io.stagemark.run.input;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelArtifact;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.flops.onnx.file.ExternalData;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.spi.Registry;
import io.stagemark.trial.TrialOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The model files, cards and examples that a run began with. Every trial is measured between two
 * looks at them; one that met something else is a failed trial, named by the file. Which examples
 * there are is fixed here too: no trial lists a folder anew.
 */
public final class RunInputs {
  private final DatasetSettings settings;
  private final Map<ModelCard, List<String>> examples = new HashMap<>();
  private final Map<String, List<InputFile>> models = new LinkedHashMap<>();
  private final List<InputFile> data = new ArrayList<>();

  private RunInputs(RunConfig config, Map<ModelCard, Dataset> datasets) {
    this.settings = config.dataset();
    datasets.forEach(
        (model, opened) ->
            examples.put(model, opened.examples().stream().map(Example::id).toList()));
  }

  /** A trial that is to be run between two looks. */
  public interface Attempt {
    TrialOutcome run() throws IOException, InterruptedException;
  }

  /**
   * Checks the data set and takes note of every file.
   *
   * @throws BadInputException if the data set is wrong, or a model's file is no longer the one that
   *     its card names
   */
  public static RunInputs begin(RunConfig config) throws BadInputException, IOException {
    return begin(config, RunDatasets.open(config));
  }

  /**
   * Takes note of every file; the examples themselves are not kept.
   *
   * @param datasets as each model of the config sees them
   */
  public static RunInputs begin(RunConfig config, Map<ModelCard, Dataset> datasets)
      throws BadInputException, IOException {
    RunInputs inputs = new RunInputs(config, datasets);
    Registry<Engine> engines = Registry.discover(Engine.class, RunInputs.class.getClassLoader());
    Map<Path, InputFile> known = new HashMap<>();
    for (CaseSpec spec : config.cases()) {
      Optional<ModelArtifact> artifact =
          engines.get(spec.engine()).info().format().map(spec.model().files()::get);
      List<InputFile> files = new ArrayList<>();
      if (Files.isRegularFile(spec.model().file())) { // a calibration's card has no file
        files.add(noted(known, spec, spec.model().file()));
      }
      if (artifact.isPresent()) {
        InputFile file = noted(known, spec, artifact.get().path());
        requireSame(file, artifact.get().sha256());
        files.add(file);
        for (Path external : beside(artifact.get().path())) {
          files.add(noted(known, spec, external));
        }
      }
      inputs.models.put(spec.id(), files);
    }
    Dataset dataset = RunDatasets.joined(datasets);
    for (Path file : Datasets.files(config.dataset(), dataset)) {
      inputs.data.add(InputFile.of(relative(config.dataset().path(), file), file));
    }
    return inputs;
  }

  private static List<Path> beside(Path model) throws IOException {
    return model.toString().endsWith(".onnx") ? ExternalData.files(model) : List.of();
  }

  private static InputFile noted(Map<Path, InputFile> known, CaseSpec spec, Path file)
      throws IOException {
    InputFile noted = known.get(file);
    if (noted == null) {
      Path folder = spec.model().file().resolveSibling("");
      // a card's name is the model's in every case's id, so no two models share it
      noted = InputFile.of(spec.model().name() + "/" + relative(folder, file), file);
      known.put(file, noted);
    }
    return noted;
  }

  private static void requireSame(InputFile file, String sha256) throws BadInputException {
    if (!file.sha256().equals(sha256)) {
      throw new BadInputException(
          new Problem(
              file.name(),
              "changed since the config was read, to sha256 " + file.sha256(),
              "sha256 " + sha256,
              "run again when nobody writes to the file"));
    }
  }

  /** A name that says which file is meant, and nothing of this machine's folders. */
  private static String relative(Path folder, Path file) {
    Path base = folder.toAbsolutePath().normalize();
    Path whole = file.toAbsolutePath().normalize();
    return whole.startsWith(base) && !whole.equals(base)
        ? base.relativize(whole).toString().replace('\\', '/')
        : String.valueOf(whole.getFileName());
  }

  /**
   * Returns the settings of a trial's data set: the examples that the run began with, no others.
   */
  public DatasetSettings dataset(CaseSpec spec) {
    return settings.only(examples.getOrDefault(spec.model(), List.of()));
  }

  /** Returns the digests of every model file and card, by name. */
  public SortedMap<String, String> modelDigests() {
    SortedMap<String, String> digests = new TreeMap<>();
    models.values().forEach(all -> all.forEach(file -> digests.put(file.name(), file.sha256())));
    return digests;
  }

  /** Returns what is not as it was when the run began, for a case; empty if everything is. */
  public Optional<String> change(CaseSpec spec) throws IOException {
    List<InputFile> files = new ArrayList<>(models.getOrDefault(spec.id(), List.of()));
    files.addAll(data);
    for (InputFile file : files) {
      Optional<String> change = file.change();
      if (change.isPresent()) {
        return change;
      }
    }
    return Optional.empty();
  }

  /**
   * Runs a trial unless its inputs have changed, and looks at them again when it has ended.
   *
   * @param folder of the trial: a later {@code --resume} must not find a whole trial there
   */
  public TrialOutcome guarded(CaseSpec spec, Path folder, Attempt attempt)
      throws IOException, InterruptedException {
    Optional<String> before = change(spec);
    if (before.isPresent()) {
      return TrialOutcome.failed(before.get(), false);
    }
    TrialOutcome outcome = attempt.run();
    Optional<String> after = change(spec);
    if (after.isEmpty()) {
      return outcome;
    }
    TrialOutcome changed = TrialOutcome.failed(after.get(), false);
    Path file = folder.resolve(TrialOutcome.FILE);
    if (Files.isRegularFile(file)) {
      ResultFiles.write(file, changed);
    }
    return changed;
  }
}
