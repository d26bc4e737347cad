package io.stagemark.shard;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.DatasetDigest;
import io.stagemark.output.OutputTree;
import io.stagemark.result.OutputProof;
import io.stagemark.run.input.RunDatasets;
import io.stagemark.run.input.RunInputs;
import io.stagemark.stats.LatencyCounts;
import io.stagemark.task.TaskException;
import io.stagemark.trial.ScoredPart;
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
  private final ShardPart part;
  private final Path folder;
  private final CasePass pass;

  /**
   * @param part which shard
   * @param out folder that the shard's own folder goes to
   * @param pass how its cases are scored
   */
  public ShardRun(ShardPart part, Path out, CasePass pass) {
    this.part = part;
    this.folder = out.resolve(part.folder());
    this.pass = pass;
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

    FailedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Scores every case unless it was done before.
   *
   * @param whole what all shards of the config have in common
   * @throws BadInputException if data set or output folder are not as they must be
   * @throws FailedException if an engine fails
   */
  public Outcome run(ShardWhole whole)
      throws BadInputException, FailedException, IOException, InterruptedException {
    Instant start = Instant.now();
    long nanos = System.nanoTime();
    RunConfig config = whole.config();
    long first = 0;
    Map<ModelCard, Dataset> chosen = new LinkedHashMap<>();
    for (Map.Entry<ModelCard, Dataset> each : whole.listed().entrySet()) {
      Dataset all = each.getValue();
      ShardPart.Share share = part.of(all.examples());
      first = share.first();
      chosen.put(each.getKey(), new Dataset(all.name(), share.examples(), all.notes()));
    }
    Map<ModelCard, Dataset> shares = RunDatasets.open(config, chosen);
    RunInputs inputs = RunInputs.begin(config, shares);
    ShardIdentity identity = whole.identity(part.of(), inputs.modelDigests());
    Path file = folder.resolve(ShardFile.NAME);
    if (Files.exists(file)) {
      ShardFile there = ShardFile.read(file);
      there.requireOf(identity);
      return new Outcome(there, true);
    }
    List<ShardHeader.CasePart> parts = new ArrayList<>();
    List<byte[]> states = new ArrayList<>();
    for (CaseSpec spec : config.cases()) {
      CasePass.Found found =
          score(spec, config.score(), inputs, Objects.requireNonNull(shares.get(spec.model())));
      parts.add(new ShardHeader.CasePart(spec.id(), found.part()));
      states.add(found.state());
    }
    Dataset joined = RunDatasets.joined(shares);
    ShardHeader header =
        new ShardHeader(
            ShardHeader.SCHEMA_VERSION,
            config.name(),
            part.index(),
            identity,
            whole.tree(),
            new ShardHeader.Data(
                joined.name(),
                first,
                joined.examples().size(),
                DatasetDigest.of(joined.examples(), first),
                joined.notes()),
            whole.environment(),
            start.toString(),
            (System.nanoTime() - nanos) / 1e9,
            parts);
    ShardFile.write(OutputTree.of(folder), header, states);
    return new Outcome(new ShardFile(file, header), false);
  }

  private CasePass.Found score(CaseSpec spec, List<String> scores, RunInputs inputs, Dataset share)
      throws FailedException, IOException, InterruptedException {
    if (share.examples().isEmpty()) {
      return nothing(spec, scores);
    }
    try {
      return pass.score(spec, inputs, share);
    } catch (FailedException e) {
      throw new FailedException(
          "shard %s, case %s: %s".formatted(part, spec.id(), e.getMessage()), e);
    }
  }

  /** Returns what is found in a share without examples. */
  private static CasePass.Found nothing(CaseSpec spec, List<String> scores) throws IOException {
    try {
      boolean scored = !scores.isEmpty();
      return new CasePass.Found(
          new ScoredPart(
              0,
              List.of(),
              new OutputProof(0, scored, scored, List.of(), List.of()),
              new LatencyCounts().text()),
          ShardFile.bytes(ShardCases.scorer(spec, scores).state().orElseThrow()));
    } catch (TaskException e) {
      throw new IllegalStateException("scores that were checked before", e);
    }
  }
}
