package io.stagemark.shard;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.config.MeasureSettings.Limits;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetDigest;
import io.stagemark.engine.Engine;
import io.stagemark.output.OutputTree;
import io.stagemark.result.Environment;
import io.stagemark.result.OutputProof;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.input.RunDatasets;
import io.stagemark.run.input.RunInputs;
import io.stagemark.run.process.Interruption;
import io.stagemark.run.process.TrialProcess;
import io.stagemark.run.record.EnvironmentProbe;
import io.stagemark.run.record.RunFolder;
import io.stagemark.spi.Registry;
import io.stagemark.stats.LatencyCounts;
import io.stagemark.task.Scorer;
import io.stagemark.task.TaskException;
import io.stagemark.trial.ScoredPart;
import io.stagemark.trial.TrialOutcome;
import io.stagemark.trial.TrialRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Scores one shard of a config's data set and writes its file. */
public final class ShardRun {
  /** A week: nothing waits for a shard as for a trial. */
  private static final int MAX_SECONDS = 7 * 24 * 3600;

  private final RunConfig config;
  private final ShardPart part;
  private final Path folder;
  private final Registry<Engine> engines =
      Registry.discover(Engine.class, ShardRun.class.getClassLoader());
  private final Interruption interruption = new Interruption();
  private final List<String> listings = new ArrayList<>();
  private long examples;
  private long first;

  /**
   * @param out folder that the shard's own folder goes to
   */
  public ShardRun(RunConfig config, ShardPart part, Path out) {
    this.config = config;
    this.part = part;
    this.folder = out.resolve(part.folder());
  }

  /**
   * What came of it.
   *
   * @param file of the shard
   * @param wasThere whether a whole file of this very shard was there already: nothing was run
   */
  public record Outcome(ShardFile file, boolean wasThere) {}

  /** A case could not be scored to its end; nothing was written. */
  public static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }

  /** Ends the process that scores; nothing is written. */
  public void interrupt() {
    interruption.stop();
  }

  /**
   * Scores every case, each in a JVM of its own, unless it was done before.
   *
   * @throws BadInputException if config, data set or output folder are not as they must be
   * @throws FailedException if an engine fails
   */
  public Outcome run()
      throws BadInputException, FailedException, IOException, InterruptedException {
    Instant start = Instant.now();
    long nanos = System.nanoTime();
    Map<String, Scorer> empty = requireMergeable(config);
    Map<ModelCard, Dataset> shares = RunDatasets.open(config, this::share);
    RunInputs inputs = RunInputs.begin(config, shares);
    Environment environment = new EnvironmentProbe(config, engines).probe();
    Map<String, Object> tree =
        PortablePaths.ofRun(config.file(), config.output(), config.dataset().path())
            .tree(ResultFiles.tree(config));
    ShardIdentity identity =
        new ShardIdentity(
            part.of(),
            environment.stagemark(),
            environment.libraries(),
            ShardIdentity.configDigest(tree),
            inputs.modelDigests(),
            String.join(" ", listings),
            examples);
    Path file = folder.resolve(ShardFile.NAME);
    if (Files.exists(file)) {
      return new Outcome(requireSame(ShardFile.read(file), identity), true);
    }
    List<ShardHeader.CasePart> parts = new ArrayList<>();
    List<byte[]> states = new ArrayList<>();
    for (CaseSpec spec : config.cases()) {
      Dataset share = Objects.requireNonNull(shares.get(spec.model()));
      if (share.examples().isEmpty()) {
        Scorer scorer = Objects.requireNonNull(empty.get(spec.id()));
        parts.add(new ShardHeader.CasePart(spec.id(), nothing(config)));
        states.add(ShardFile.bytes(scorer.state().orElseThrow()));
      } else {
        score(spec, inputs, parts, states);
      }
    }
    Dataset joined = RunDatasets.joined(shares);
    ShardHeader header =
        new ShardHeader(
            ShardHeader.SCHEMA_VERSION,
            config.name(),
            part.index(),
            identity,
            tree,
            new ShardHeader.Data(
                joined.name(),
                first,
                joined.examples().size(),
                DatasetDigest.of(joined.examples(), first),
                joined.notes()),
            environment,
            start.toString(),
            (System.nanoTime() - nanos) / 1e9,
            parts);
    ShardFile.write(OutputTree.of(folder), header, states);
    return new Outcome(new ShardFile(file, header), false);
  }

  /** Returns what was found in a share without examples. */
  private static ScoredPart nothing(RunConfig config) {
    boolean scored = !config.score().isEmpty();
    return new ScoredPart(
        0,
        List.of(),
        new OutputProof(0, scored, scored, List.of(), List.of()),
        new LatencyCounts().text());
  }

  private Dataset share(ModelCard model, Dataset whole) {
    ShardPart.Share share = part.of(whole.examples());
    try {
      String listing = DatasetDigest.listing(whole.examples());
      if (!listings.contains(listing)) {
        listings.add(listing);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a digest of what is in memory reads no file", e);
    }
    examples = whole.examples().size();
    first = share.first();
    return new Dataset(whole.name(), share.examples(), whole.notes());
  }

  /** Returns an empty scorer for each case, by id. */
  private static Map<String, Scorer> requireMergeable(RunConfig config) throws BadInputException {
    Map<String, Scorer> scorers = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    if (config.score().isEmpty()) {
      problems.add(
          new Problem(
              config.file() + ": score",
              "no scores",
              "at least one: a shard is scored and nothing else",
              "score: [coco-ap]"));
    }
    for (CaseSpec spec : config.cases()) {
      try {
        Scorer scorer = ShardCases.scorer(spec, config.score());
        scorers.put(spec.id(), scorer);
        if (scorer.state().isEmpty()) {
          problems.add(
              new Problem(
                  spec.model().file().toString(),
                  "task " + spec.model().task().task() + " cannot be scored in parts",
                  "a task whose Scorer has a state()",
                  "./stagemark run " + ShownPath.of(config.file())));
        }
      } catch (TaskException e) {
        problems.add(
            new Problem(
                spec.model().file().toString(),
                String.valueOf(e.getMessage()),
                "scores that the model can have",
                "./stagemark validate " + ShownPath.of(config.file())));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return scorers;
  }

  private ShardFile requireSame(ShardFile there, ShardIdentity identity) throws BadInputException {
    List<Problem> problems = new ArrayList<>();
    for (ShardIdentity.Difference each : there.header().identity().differences(identity)) {
      problems.add(
          new Problem(
              ShownPath.of(there.path()),
              each.what() + " " + each.here(),
              "as now: " + each.there(),
              "--out another folder, or move this one elsewhere"));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return there;
  }

  private void score(
      CaseSpec spec, RunInputs inputs, List<ShardHeader.CasePart> parts, List<byte[]> states)
      throws FailedException, IOException, InterruptedException {
    RunFolder temporary = RunFolder.temporary();
    try {
      Path child = temporary.freshTrial(spec.id(), 1);
      TrialRequest request =
          TrialRequest.scorePass(
              spec, inputs.dataset(spec), unlimited(config.measure()), config.score());
      Map<String, String> variables =
          engines.get(spec.engine()).info().environment(spec.settings());
      TrialOutcome outcome =
          inputs.guarded(
              spec,
              child,
              () ->
                  new TrialProcess(request, variables, child)
                      .run(interruption, (phase, seconds) -> {}));
      if (outcome.error().isPresent()) {
        throw new FailedException(
            "shard %s, case %s: %s".formatted(part, spec.id(), outcome.error().get()));
      }
      parts.add(
          new ShardHeader.CasePart(
              spec.id(), ResultFiles.read(child.resolve(ScoredPart.FILE), ScoredPart.class)));
      states.add(Files.readAllBytes(child.resolve(request.stateFile().orElseThrow())));
    } finally {
      temporary.delete();
    }
  }

  private static MeasureSettings unlimited(MeasureSettings measure) {
    return new MeasureSettings(
        measure.trials(),
        measure.goal(),
        measure.warmup(),
        measure.window(),
        measure.seed(),
        new Limits(MAX_SECONDS, measure.limits().heapMiB()),
        measure.extras(),
        measure.load());
  }
}
