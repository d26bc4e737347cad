package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.report.CaseResult;
import io.stagemark.report.Environment;
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

/** The result as it grows, trial by trial. Not thread-safe. */
final class RunRecord {
  private final RunConfig config;
  private final RunFolder folder;
  private final RunResult.DatasetRecord dataset;
  private final Environment environment;
  private final Instant startedAt = Instant.now();
  private final long start = System.nanoTime();
  private final List<CaseAssembly> assemblies = new ArrayList<>();

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
   * Counts the operations of each model's files, makes the run's folder and starts with no trials.
   *
   * @throws BadInputException if a model's graph cannot be read; the folder is untouched then
   */
  static RunRecord start(RunConfig config, Dataset dataset, Registry<Engine> engines)
      throws BadInputException, IOException {
    List<CaseAssembly> assemblies = new ArrayList<>();
    CaseCounting counting = new CaseCounting(engines);
    Map<String, String> perOp = new LinkedHashMap<>();
    for (CaseSpec spec : config.cases()) {
      Optional<CaseCounting.Counted> counted = counting.count(spec);
      counted.ifPresent(
          found ->
              found
                  .operations()
                  .counts()
                  .ifPresent(counts -> perOp.put(counts.perOp(), found.json())));
      assemblies.add(new CaseAssembly(spec, config.measure(), counted));
    }
    RunRecord record =
        new RunRecord(
            config,
            RunFolder.create(config.output()),
            new RunResult.DatasetRecord(
                dataset.name(), dataset.examples().size(), Datasets.digest(dataset)),
            EnvironmentProbe.probe(engines, config.measure().heapMiB()));
    record.assemblies.addAll(assemblies);
    for (Map.Entry<String, String> file : perOp.entrySet()) {
      record.folder.writeText(file.getKey(), file.getValue() + "\n");
    }
    return record;
  }

  RunFolder folder() {
    return folder;
  }

  CaseAssembly assembly(int caseIndex) {
    return assemblies.get(caseIndex);
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
            environment,
            ResultFiles.tree(config),
            assemblies.stream().map(CaseAssembly::result).toList(),
            parity,
            differences);
    ResultFiles.write(folder.path().resolve(ResultFiles.RESULT), result);
    return result;
  }
}
