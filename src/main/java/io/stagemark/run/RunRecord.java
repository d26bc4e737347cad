package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelArtifact;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.onnx.OnnxFlops;
import io.stagemark.report.CaseResult;
import io.stagemark.report.Environment;
import io.stagemark.report.Operations;
import io.stagemark.report.Parity;
import io.stagemark.report.ResultFiles;
import io.stagemark.report.RunResult;
import io.stagemark.report.ScoreDifference;
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
final class RunRecord {
  private final RunConfig config;
  private final RunFolder folder;
  private final RunResult.DatasetRecord dataset;
  private final Environment environment;
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();
  private final List<CaseAssembly> assemblies = new ArrayList<>();
  private final Map<String, String> natives = new TreeMap<>();

  private RunRecord(
      RunConfig config,
      RunFolder folder,
      RunResult.DatasetRecord dataset,
      Environment environment) {
    this.config = config;
    this.folder = folder;
    this.dataset = dataset;
    this.environment = environment;
  }

  /**
   * Counts the operations of each model's graph, makes the run's folder and starts with no trials.
   *
   * @throws BadInputException if a model's graph cannot be read; the folder is untouched then
   */
  static RunRecord start(RunConfig config, Dataset dataset, Registry<Engine> engines)
      throws BadInputException, IOException, InterruptedException {
    List<CaseAssembly> assemblies = new ArrayList<>();
    for (CaseSpec spec : config.cases()) {
      assemblies.add(new CaseAssembly(spec, config.measure(), operations(spec)));
    }
    RunRecord record =
        new RunRecord(
            config,
            RunFolder.create(config.output()),
            new RunResult.DatasetRecord(
                dataset.name(), dataset.examples().size(), Datasets.digest(dataset)),
            new EnvironmentProbe(config, engines).probe());
    record.assemblies.addAll(assemblies);
    return record;
  }

  RunFolder folder() {
    return folder;
  }

  /** The graph is that of the ONNX file: engines on the same weights do the same operations. */
  private static Optional<Operations> operations(CaseSpec spec) throws BadInputException {
    ModelArtifact onnx = spec.model().files().get("onnx");
    if (onnx == null) {
      return Optional.empty();
    }
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    spec.model().inputs(spec.batch()).forEach(input -> shapes.put(input.name(), input.shape()));
    OperationCount count = OnnxFlops.count(onnx.path(), shapes);
    return Optional.of(
        new Operations(
            String.valueOf(onnx.path().getFileName()),
            Math.round(count.macsPerImage()),
            Math.round(count.flopsPerImage()),
            count.weights().parameters(),
            count.uncounted()));
  }

  CaseAssembly assembly(int caseIndex) {
    return assemblies.get(caseIndex);
  }

  /**
   * Adds the native libraries that a trial had loaded. Two files of one name are told apart by
   * their digests.
   */
  void addNatives(Map<String, String> loaded) {
    loaded.forEach(
        (name, digest) -> {
          String other = natives.putIfAbsent(name, digest);
          if (other != null && !other.equals(digest)) {
            natives.put(name + " " + digest.substring(0, 8), digest);
          }
        });
  }

  RunResult.Status finalStatus(boolean stopped) {
    if (stopped) {
      return RunResult.Status.INTERRUPTED;
    }
    boolean complete =
        assemblies.stream().allMatch(a -> a.result().status() == CaseResult.Status.OK);
    return complete ? RunResult.Status.COMPLETE : RunResult.Status.FAILED;
  }

  /** Writes {@code result.json} and returns what it says. */
  RunResult write(RunResult.Status status, List<Parity> parity, List<ScoreDifference> differences)
      throws IOException {
    RunResult result =
        new RunResult(
            RunResult.SCHEMA_VERSION,
            config.name(),
            status,
            startedAt.toString(),
            (System.nanoTime() - start) / 1e9,
            dataset,
            environment.withNatives(new TreeMap<>(natives)),
            ResultFiles.tree(config),
            assemblies.stream().map(CaseAssembly::result).toList(),
            parity,
            differences);
    ResultFiles.write(folder.path().resolve(ResultFiles.RESULT), result);
    return result;
  }
}
