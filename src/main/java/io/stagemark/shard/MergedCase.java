package io.stagemark.shard;

import static java.util.Locale.ROOT;

import io.stagemark.config.CaseSpec;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.data.Score;
import io.stagemark.data.ShownPath;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.OutputProof;
import io.stagemark.result.OutputProof.NotFinite;
import io.stagemark.result.OutputProof.Sign;
import io.stagemark.result.UnreadableExample;
import io.stagemark.result.Validity;
import io.stagemark.result.Validity.Reason;
import io.stagemark.run.verdict.CaseVerdict;
import io.stagemark.run.verdict.OutputVerdict;
import io.stagemark.scoring.MergeableState;
import io.stagemark.stats.LatencyCounts;
import io.stagemark.task.Scorer;
import io.stagemark.task.TaskException;
import io.stagemark.trial.ScoredPart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A case as its shards give it.
 *
 * @param spec the case
 * @param scorer that the states of its shards are added to
 */
record MergedCase(CaseSpec spec, Scorer scorer) {
  private static final int MAX_SIGNS = 3;
  private static final int MAX_NAMED = 3;

  /**
   * Begins with nothing.
   *
   * @param file of a shard, for the message
   */
  static MergedCase begin(CaseSpec spec, List<String> scores, Path file) throws BadInputException {
    try {
      Scorer scorer = ShardCases.scorer(spec, scores);
      if (scorer.state().isPresent()) {
        return new MergedCase(spec, scorer);
      }
      throw new TaskException(
          "task '%s' cannot be scored in parts".formatted(spec.model().task().task()));
    } catch (TaskException | IllegalArgumentException e) {
      throw new BadInputException(
          new Problem(
              ShownPath.of(file),
              String.valueOf(e.getMessage()),
              "scores and tasks that this program has",
              "merge with the program, and its plugins, that scored it"));
    }
  }

  MergeableState state() {
    return scorer.state().orElseThrow();
  }

  /**
   * Returns the result, after every state was added. It has scores, and no times: they are absent.
   *
   * @param parts in the order of the shards
   */
  CaseResult result(List<ScoredPart> parts) {
    OutputProof outputs = outputs(parts.stream().map(ScoredPart::outputs).toList());
    Map<String, String> unreadable = new LinkedHashMap<>();
    for (ScoredPart part : parts) {
      for (UnreadableExample each : part.unreadable()) {
        unreadable.put(each.id(), each.reason());
      }
    }
    List<Reason> reasons = new ArrayList<>(CaseVerdict.unreadable(unreadable));
    reasons.addAll(OutputVerdict.reasons(outputs));
    List<Score> scores = scores(outputs.scoresTaken());
    List<String> notes = new ArrayList<>(OutputVerdict.notes(outputs));
    notes.addAll(OutputVerdict.nothingRight(scores, Optional.empty()));
    latencies(parts).ifPresent(notes::add);
    return new CaseResult(
        spec.id(),
        new CaseResult.Key(
            spec.model().name(),
            spec.engine(),
            spec.settings().device().toString(),
            spec.settings().threads(),
            spec.batch(),
            spec.settings().options()),
        CaseResult.Status.OK,
        CaseResult.Timed.NONE,
        Optional.empty(),
        new CaseResult.Scored(
            scores,
            outputs.scoresTaken() ? scorer.classes() : List.of(),
            true,
            outputs.scoresTaken() ? scorer.curves() : List.of()),
        List.of(),
        Optional.of(
            new CaseProof(
                Validity.of(reasons),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                notes,
                List.of(),
                Optional.empty())));
  }

  /** One example that cannot be scored leaves the case without scores, as in a measured run. */
  private List<Score> scores(boolean taken) {
    List<Score> figures = scorer.finish();
    return taken
        ? figures
        : figures.stream()
            .map(f -> new Score(f.name(), Double.NaN, f.unit(), f.lowerIsBetter(), 0))
            .toList();
  }

  private static OutputProof outputs(List<OutputProof> parts) {
    Map<String, NotFinite> odd = new LinkedHashMap<>();
    for (OutputProof part : parts) {
      part.notFinite().forEach(each -> odd.merge(each.output(), each, MergedCase::sum));
    }
    List<Sign> signs =
        parts.stream().flatMap(part -> part.signs().stream()).distinct().limit(MAX_SIGNS).toList();
    return new OutputProof(
        parts.stream().mapToInt(OutputProof::examples).sum(),
        parts.stream().anyMatch(OutputProof::scored),
        parts.stream().allMatch(OutputProof::scoresTaken),
        List.copyOf(odd.values()),
        signs);
  }

  private static NotFinite sum(NotFinite a, NotFinite b) {
    return new NotFinite(
        a.output(),
        a.read(),
        a.examples() + b.examples(),
        Stream.concat(a.first().stream(), b.first().stream()).limit(MAX_NAMED).toList(),
        a.nan() + b.nan(),
        a.infinite() + b.infinite());
  }

  private static Optional<String> latencies(List<ScoredPart> parts) {
    LatencyCounts all = new LatencyCounts();
    parts.forEach(part -> all.add(part.latencies()));
    return all.count() == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                ROOT,
                "%d batches took %.3g ms (p50) and %.3g ms (p99) while other work went on: not a"
                    + " measurement, for planning shards alone",
                all.count(),
                all.percentile(50).orElseThrow() / 1e6,
                all.percentile(99).orElseThrow() / 1e6));
  }
}
