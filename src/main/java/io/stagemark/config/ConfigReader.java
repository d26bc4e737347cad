package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.ShownPath;
import io.stagemark.dataset.DatasetSettings;
import io.stagemark.scoring.detection.CocoSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * Reads a run config, its model cards and its data set settings, and reports all problems at once,
 * each with its line.
 */
public final class ConfigReader {
  private static final String WHAT = "a run config (YAML; configs/reference.yaml has every key)";

  private static final Pattern MODEL_FILE = Pattern.compile("(?is).*\\.(onnx|pt|pth|ts|jit)");

  /** Returns whether a file is named as model files are: no config. */
  public static boolean isModelFile(Path file) {
    return MODEL_FILE.matcher(file.toString()).matches() && !Files.isDirectory(file);
  }

  private final Catalog catalog;
  private final int cores;

  /**
   * @param catalog what a config may name
   */
  public ConfigReader(Catalog catalog) {
    this(catalog, Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param cores threads that this machine runs at once
   */
  ConfigReader(Catalog catalog, int cores) {
    this.catalog = catalog;
    this.cores = cores;
  }

  /**
   * Reads and checks; nothing is loaded into an engine.
   *
   * @param file the config
   * @param overrides such as {@code measure.trials=5}, the value in YAML; they override the file
   * @return the run with every default filled in and every path absolute
   * @throws BadInputException with every problem of the config, the cards it uses, their files, the
   *     data set and the output folder
   */
  public RunConfig read(Path file, List<String> overrides) throws BadInputException {
    Problems problems = new Problems();
    if (isModelFile(file) && Files.isRegularFile(file)) {
      problems.add(
          new Place(file.toString(), 0, ""),
          "a model file",
          WHAT,
          "./stagemark run "
              + PlainText.shellArgument(ShownPath.of(file))
              + ", or ./stagemark init with it for a card and a config");
      problems.throwIfAny();
    }
    Optional<MappingNode> root =
        YamlFile.of(problems, file.toString(), "name: quickstart")
            .read(file, WHAT, "./stagemark run " + likely(file));
    problems.throwIfAny();
    MappingNode overridden = new Overrides(problems).apply(root.orElseThrow(), overrides);
    RunConfig config = new Reading(file, problems).run(overridden);
    problems.throwIfAny();
    return config;
  }

  /** A config that exists, as near as can be to the one that was named. */
  private static String likely(Path file) {
    return FilePaths.nearestConfig(file).map(ShownPath::of).orElse("configs/quickstart.yaml");
  }

  /** One reading: what its steps share. */
  private final class Reading {
    private final Path file;
    private final Problems problems;

    Reading(Path file, Problems problems) {
      this.file = file;
      this.problems = problems;
    }

    RunConfig run(MappingNode node) {
      Section root = new Section(problems, node, "").knowing(RunKeys.ROOT);
      String name = root.get(RunKeys.NAME);
      DatasetKeys dataset = new DatasetKeys(file, problems);
      Optional<DatasetSettings> data = dataset.read(root);
      MeasureKeys measure = new MeasureKeys(problems);
      MeasureSettings settings = measure.read(root);
      int mostThreads = measure.allowsOversubscription() ? 4096 : cores;
      List<CaseSpec> cases = cases(root, data, mostThreads);
      new LoadKeys(problems).checkThreads(root, settings.load(), cases, mostThreads);
      checkOperators(root, settings, cases);
      NameChecks names = new NameChecks(catalog, problems);
      List<String> scores = names.scores(root, cases, data);
      Optional<CocoSettings> coco = new CocoKeys(problems).read(root, scores);
      List<String> reports = names.reports(root);
      Path output = output(root, name);
      data.ifPresent(it -> dataset.check(it, cases));
      RunConfig config =
          new RunConfig(
              name,
              file.toAbsolutePath().normalize(),
              data.orElseGet(DatasetKeys::none),
              coco.isEmpty() ? cases : cases.stream().map(it -> it.with(coco.get())).toList(),
              settings,
              scores,
              reports,
              output);
      if (data.isPresent()) {
        new OutputInputs()
            .addRun(config)
            .addProgram(catalog)
            .check(output, root.placeOf(RunKeys.OUTPUT), problems);
      }
      return config;
    }

    /** Time by operator is of one size; a case with a size by image has several. */
    private void checkOperators(Section root, MeasureSettings settings, List<CaseSpec> cases) {
      Optional<Section> measure = root.child(RunKeys.MEASURE);
      cases.stream()
          .filter(spec -> settings.extras().operators() && spec.model().sizesByImage())
          .findFirst()
          .ifPresent(
              spec ->
                  problems.add(
                      measure.map(it -> it.placeOf(RunKeys.OPERATORS)).orElse(root.place()),
                      "true with model %s, whose input has a size by image"
                          .formatted(spec.model().name()),
                      "false, or models whose cards have known sides in inputs",
                      "operators: false"));
    }

    private List<CaseSpec> cases(Section root, Optional<DatasetSettings> data, int mostThreads) {
      Map<String, Map<String, String>> options =
          new EngineOptions(catalog.engines(), problems).read(root);
      Models models = new Models(catalog.modelsFolder(), file, problems);
      CaseChecks checks =
          new CaseChecks(catalog, problems, models, options, data.map(DatasetSettings::format));
      return root
          .child(RunKeys.CASES)
          .map(section -> new CaseMatrix(problems, checks).read(section))
          .orElse(List.of())
          .stream()
          .flatMap(named -> checks.resolve(named, mostThreads).stream())
          .toList();
    }

    private Path output(Section root, String name) {
      Path folder =
          root.find(RunKeys.OUTPUT)
              .flatMap(written -> FilePaths.beside(file, written))
              .orElse(catalog.outputFolder().toAbsolutePath().normalize().resolve(name));
      OutputFolder.check(folder, root.placeOf(RunKeys.OUTPUT), problems);
      return folder;
    }
  }
}
