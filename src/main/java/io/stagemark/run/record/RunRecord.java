package io.stagemark.run.record;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.Parity;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.ScoreDifference;
import io.stagemark.result.Validity;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.input.RunInputs;
import io.stagemark.run.verdict.RunVerdict;
import io.stagemark.spi.Registry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The result as it grows, trial by trial. Not thread-safe. */
public final class RunRecord {
  private final RunConfig config;
  private final Calibration calibration;
  private final RunFolder folder;
  private final RunInputs inputs;
  private final RunResult.DatasetRecord dataset;
  private final Environment environment;
  private final Beginning beginning;
  private final long start = System.nanoTime();
  private final List<CaseAssembly> assemblies = new ArrayList<>();
  private final Map<String, String> natives = new TreeMap<>();

  /** When a run began, what it took so far, and when it was taken up again. */
  private record Beginning(
      String startedAt, double wallSeconds, List<String> resumedAt, Optional<RunResult> finished) {
    static Beginning now() {
      return new Beginning(Instant.now().toString(), 0, List.of(), Optional.empty());
    }

    static Beginning of(RunResult former) {
      List<String> resumed =
          new ArrayList<>(former.proof().map(RunProof::resumedAt).orElse(List.of()));
      resumed.add(Instant.now().toString());
      return new Beginning(
          former.startedAt(),
          former.wallSeconds(),
          resumed,
          Optional.of(former).filter(f -> f.status() == RunResult.Status.COMPLETE));
    }
  }

  private RunRecord(
      RunConfig config,
      Calibration calibration,
      RunFolder folder,
      RunInputs inputs,
      RunResult.DatasetRecord dataset,
      Environment environment,
      Beginning beginning) {
    this.config = config;
    this.calibration = calibration;
    this.folder = folder;
    this.inputs = inputs;
    this.dataset = dataset;
    this.environment = environment;
    this.beginning = beginning;
  }

  /**
   * Counts the operations of each model's files, makes or opens the run's folder and starts with no
   * trials.
   *
   * @throws BadInputException if a model's graph cannot be read, or the run in the folder is
   *     another one than is to be resumed; the folder is untouched then
   */
  public static RunRecord start(
      RunConfig config,
      RunOptions options,
      RunInputs inputs,
      Dataset dataset,
      Registry<Engine> engines)
      throws BadInputException, IOException, InterruptedException {
    PortablePaths paths = ResumeCheck.paths(config);
    List<CaseAssembly> assemblies = new ArrayList<>();
    CaseCounting counting = new CaseCounting(engines);
    Map<String, String> perOp = new LinkedHashMap<>();
    for (CaseSpec spec : config.cases()) {
      Optional<CaseCounting.Counted> counted = counting.count(spec, dataset.examples());
      counted.ifPresent(
          found ->
              found
                  .operations()
                  .counts()
                  .ifPresent(counts -> perOp.put(counts.perOp(), found.json())));
      assemblies.add(new CaseAssembly(spec, config.measure(), counted, options.replay(), paths));
    }
    RunResult.DatasetRecord data =
        new RunResult.DatasetRecord(
            dataset.name(),
            dataset.examples().size(),
            Datasets.digest(dataset),
            dataset.notes().stream().map(paths::text).toList());
    Environment environment = new EnvironmentProbe(config, engines).probe();
    RunFolder folder;
    Beginning beginning;
    if (options.resume() && RunFolder.holdsRun(config.output())) {
      RunResult former = ResultFiles.readRun(config.output());
      List<Problem> problems = ResumeCheck.problems(former, config, data, environment);
      problems.addAll(ResumeCheck.files(former, inputs.modelDigests()));
      if (!problems.isEmpty()) {
        throw new BadInputException(problems);
      }
      folder = RunFolder.open(config.output());
      beginning = Beginning.of(former);
    } else {
      folder = RunFolder.create(config.output());
      beginning = Beginning.now();
    }
    RunRecord record =
        new RunRecord(config, options.calibration(), folder, inputs, data, environment, beginning);
    record.assemblies.addAll(assemblies);
    for (Map.Entry<String, String> file : perOp.entrySet()) {
      record.folder.writeText(file.getKey(), paths.text(file.getValue()) + "\n");
    }
    return record;
  }

  /** Returns the run that is in the folder, if no trial is left to run. */
  public Optional<RunResult> finished() {
    return beginning.finished();
  }

  public RunInputs inputs() {
    return inputs;
  }

  public RunFolder folder() {
    return folder;
  }

  public CaseAssembly assembly(int caseIndex) {
    return assemblies.get(caseIndex);
  }

  /**
   * Adds the native libraries that a trial had loaded. Digests distinguish two files of one name.
   */
  public void addNatives(Map<String, String> loaded) {
    loaded.forEach(
        (name, digest) -> {
          String other = natives.putIfAbsent(name, digest);
          if (other != null && !other.equals(digest)) {
            natives.put(name + " " + digest.substring(0, 8), digest);
          }
        });
  }

  public RunResult.Status finalStatus(boolean stopped) {
    if (stopped) {
      return RunResult.Status.INTERRUPTED;
    }
    boolean complete =
        assemblies.stream().allMatch(a -> a.result().status() == CaseResult.Status.OK);
    return complete ? RunResult.Status.COMPLETE : RunResult.Status.FAILED;
  }

  /** Writes {@code result.json} and returns what it says. */
  public RunResult write(
      RunResult.Status status, List<Parity> parity, List<ScoreDifference> differences)
      throws IOException {
    List<CaseResult> cases = assemblies.stream().map(CaseAssembly::result).toList();
    RunResult result =
        new RunResult(
            RunResult.SCHEMA_VERSION,
            config.name(),
            status,
            beginning.startedAt(),
            beginning.wallSeconds() + (System.nanoTime() - start) / 1e9,
            dataset,
            environment.withNatives(new TreeMap<>(natives)),
            ResumeCheck.paths(config).tree(ResultFiles.tree(config)),
            cases,
            parity,
            differences,
            Optional.of(
                new RunProof(
                    Validity.of(RunVerdict.reasons(cases)),
                    beginning.resumedAt(),
                    inputs.modelDigests())),
            Optional.of(calibration.summary(environment)));
    folder.writeResult(result);
    return result;
  }
}
