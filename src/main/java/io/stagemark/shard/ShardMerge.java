package io.stagemark.shard;

import static java.util.Locale.ROOT;

import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.dataset.DatasetDigest;
import io.stagemark.output.OutputFolders;
import io.stagemark.output.OutputKind;
import io.stagemark.output.OutputTree;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Environment;
import io.stagemark.result.RunProof;
import io.stagemark.result.RunResult;
import io.stagemark.result.Validity;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.record.RunLock;
import io.stagemark.run.verdict.RunVerdict;
import io.stagemark.scoring.MergeableState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All shards of a data set to the result of a run that scored the whole of it. */
public final class ShardMerge {
  private ShardMerge() {}

  /**
   * Returns the result.
   *
   * @param shards in any order
   * @throws BadInputException if a shard is missing, doubled, foreign or damaged; all such shards
   *     are named
   */
  public static RunResult merge(List<ShardFile> shards) throws BadInputException, IOException {
    ShardSet.requireWhole(shards);
    ShardHeader one = shards.get(0).header();
    RunConfig config = config(shards.get(0));
    List<MergedCase> cases = new ArrayList<>();
    for (int i = 0; i < config.cases().size(); i++) {
      cases.add(MergedCase.begin(config.cases().get(i), config.score(), shards.get(0).path()));
    }
    List<MergeableState> states = cases.stream().map(MergedCase::state).toList();
    for (ShardFile shard : shards) {
      shard.addTo(states);
    }
    List<ShardHeader> headers =
        shards.stream()
            .map(ShardFile::header)
            .sorted(Comparator.comparingInt(ShardHeader::index))
            .toList();
    List<CaseResult> results = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      int place = i;
      results.add(
          cases
              .get(i)
              .result(headers.stream().map(header -> header.cases().get(place).scored()).toList()));
    }
    return new RunResult(
        RunResult.SCHEMA_VERSION,
        one.name(),
        RunResult.Status.COMPLETE,
        begin(headers).toString(),
        seconds(headers),
        dataset(headers),
        headers.get(0).environment(),
        one.config(),
        results,
        List.of(),
        List.of(),
        Optional.of(
            new RunProof(
                Validity.of(RunVerdict.reasons(results)), List.of(), one.identity().models())),
        Optional.empty());
  }

  /** Writes a merged result into a folder as a run does; an earlier run there is kept aside. */
  @SuppressWarnings("try") // the lock is held, not used
  public static void write(RunResult result, Path folder) throws BadInputException, IOException {
    try (RunLock lock = RunLock.take(folder)) {
      OutputFolders.moveAside(folder, OutputKind.RUN);
      ResultFiles.write(OutputTree.of(folder), ResultFiles.RESULT, result);
    }
  }

  /** Returns the config that the shards were scored with; its paths lead nowhere here. */
  public static RunConfig config(ShardFile shard) throws BadInputException {
    try {
      return ResultFiles.record(shard.header().config(), RunConfig.class);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          new Problem(
              ShownPath.of(shard.path()),
              "a config that this version cannot read: "
                  + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
              "a shard of Stagemark " + shard.header().identity().stagemark(),
              "merge with the version that scored it"));
    }
  }

  private static Instant begin(List<ShardHeader> headers) {
    return headers.stream()
        .map(header -> Instant.parse(header.startedAt()))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static double seconds(List<ShardHeader> headers) {
    Instant begin = begin(headers);
    return headers.stream()
        .mapToDouble(
            header ->
                Duration.between(begin, Instant.parse(header.startedAt())).toMillis() / 1e3
                    + header.wallSeconds())
        .max()
        .orElse(0);
  }

  private static RunResult.DatasetRecord dataset(List<ShardHeader> headers) {
    Set<String> notes = new LinkedHashSet<>();
    headers.forEach(header -> notes.addAll(header.data().notes()));
    notes.add(machines(headers));
    return new RunResult.DatasetRecord(
        headers.get(0).data().dataset(),
        headers.stream().mapToInt(header -> header.data().examples()).sum(),
        DatasetDigest.sum(headers.stream().map(header -> header.data().sha256()).toList()),
        List.copyOf(notes));
  }

  private static String machines(List<ShardHeader> headers) {
    List<String> processors =
        headers.stream()
            .map(ShardHeader::environment)
            .map(Environment::cpu)
            .distinct()
            .sorted()
            .toList();
    return String.format(
        ROOT,
        "scored in %d shard%s on %s%s; nothing was timed",
        headers.size(),
        headers.size() == 1 ? "" : "s",
        String.join(", ", processors),
        processors.size() == 1 ? "" : ", whose arithmetic may differ in the last digits");
  }
}
