package io.stagemark.compare;

import io.stagemark.config.ScoreNames;
import io.stagemark.config.gate.Policy;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.comparison.BlameShare;
import io.stagemark.result.comparison.Change;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Difference;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.file.PortablePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares two stored runs: the unit is the trial, the test the exact permutation of trials between
 * the runs. Read {@link #compare} first.
 */
public final class StoredComparison {
  private static final int MAX_TRIALS = 20;

  private final StoredRun baseline;
  private final StoredRun candidate;
  private final Policy policy;
  private final List<SpeedMetric> metrics = new ArrayList<>();
  private final List<NotJudged> notJudged = new ArrayList<>();
  private final List<BlameShare> blame = new ArrayList<>();
  private final List<ExactResult> exact = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<String> trust = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final QualityJudge quality;
  private final ProcessMemory memory;
  private int fewestTrials = Integer.MAX_VALUE;

  private StoredComparison(StoredRun baseline, StoredRun candidate, Policy policy) {
    this.baseline = baseline;
    this.candidate = candidate;
    this.policy = policy;
    this.quality = new QualityJudge(policy);
    this.memory = new ProcessMemory(policy, TrialEvidence::new);
  }

  /**
   * Compares.
   *
   * @param command that makes the comparison again
   * @throws BadInputException if the runs have no case in common, or what they left is damaged
   */
  public static Comparison compare(
      StoredRun baseline, StoredRun candidate, Policy policy, String command)
      throws BadInputException {
    return new StoredComparison(baseline, candidate, policy).compare(command);
  }

  private Comparison compare(String command) throws BadInputException {
    CasePairs cases = CasePairs.of(baseline.result(), candidate.result(), policy);
    for (CasePairs.Pair pair : cases.pairs()) {
      add(pair.baseline(), pair.candidate());
    }
    cases.alone().forEach(id -> trust.add("only one run has the case " + id));
    List<SpeedResult> speed = new SpeedJudge(policy).judge(metrics);
    List<QualityResult> scores = quality.finish();
    List<ExactResult> counts = Stream.concat(exact.stream(), memory.finish().stream()).toList();
    trust();
    List<Difference> stopping = differences.stream().filter(d -> !d.allowed()).toList();
    if (!stopping.isEmpty()) {
      String why =
          "the two sides also differ in "
              + String.join(", ", stopping.stream().map(d -> d.factor().key()).toList());
      speed = speed.stream().map(s -> s.withoutVerdict(why)).toList();
      scores = scores.stream().map(s -> s.withoutVerdict(why)).toList();
      // figures that are read from the model's file are the same on every machine
      counts = counts.stream().map(c -> c.measured() ? c.withoutVerdict(why) : c).toList();
    } else {
      int needed = needed(speed.stream().filter(it -> it.metric().gated()).count());
      if (fewestTrials < needed) {
        String why = "needs %s trials a side, has %s".formatted(needed, fewestTrials);
        speed = speed.stream().map(s -> s.withoutVerdict(why)).toList();
      }
    }
    return new Comparison(
        Comparison.SCHEMA_VERSION,
        new Comparison.Setup(
            Comparison.Origin.STORED,
            baseline.side(),
            candidate.side(),
            policy.name(),
            policy.alpha(),
            changes,
            policy.mustFind().onBlind()),
        differences,
        trust,
        new BlindSpots(policy, time -> "more trials (measure.trials), or a quieter machine")
            .in(new Comparison.Findings(speed, scores, counts, blame, notJudged, List.of())),
        failures,
        command,
        Optional.empty());
  }

  private void add(CaseResult before, CaseResult after) throws BadInputException {
    for (Difference each : Confounders.between(baseline, before, candidate, after, policy)) {
      if (!differences.contains(each)) {
        differences.add(each);
      }
    }
    changes(before, after);
    failures(before, "baseline");
    failures(after, "candidate");
    unsteady(before, "baseline");
    unsteady(after, "candidate");
    List<Map<Stage, long[]>> a = baseline.samples(before);
    List<Map<Stage, long[]>> b = candidate.samples(after);
    fewestTrials = Math.min(fewestTrials, Math.min(a.size(), b.size()));
    if (!a.isEmpty() && !b.isEmpty()) {
      StageEvidence times = StageEvidence.of(before.id(), a, b, TrialEvidence::new, policy.alpha());
      metrics.addAll(times.metrics());
      notJudged.addAll(times.notJudged());
      blame.addAll(times.blame());
    }
    quality.add(
        ScoredCase.of(before, baseline.examples(before)),
        ScoredCase.of(after, candidate.examples(after)),
        headlines(),
        baseline.evaluation(before.key()));
    exact.addAll(new ExactCounts(policy).of(before, after));
    memory.add(before, after);
    ExactCounts.parity(baseline.result(), before, candidate.result(), after).ifPresent(exact::add);
  }

  private void changes(CaseResult before, CaseResult after) {
    List<Change> found = new ArrayList<>();
    found.addAll(
        ConfigChanges.between(
            "",
            baseline.config(before.key()).orElse(Map.of()),
            candidate.config(after.key()).orElse(Map.of())));
    for (String part : List.of("measure", "score", "dataset")) {
      found.addAll(
          ConfigChanges.between(
              part, baseline.result().config().get(part), candidate.result().config().get(part)));
    }
    found.stream().filter(each -> !changes.contains(each)).forEach(changes::add);
  }

  private void failures(CaseResult one, String role) {
    PortablePaths paths = PortablePaths.ofCommand(); // older runs have absolute ones
    for (TrialResult trial : one.trials()) {
      trial
          .failure()
          .ifPresent(
              reason ->
                  failures.add(
                      "%s %s trial %s: %s"
                          .formatted(role, one.id(), trial.index(), paths.text(reason))));
    }
  }

  private void unsteady(CaseResult one, String role) {
    if (!one.scored().scoresAgree()) {
      trust.add(
          "the %s's outputs differ from trial to trial: scores are the first good one's, %s"
              .formatted(role, one.id()));
    }
  }

  private List<String> headlines() {
    return baseline.result().config().get("score") instanceof List<?> names
        ? names.stream().map(name -> ScoreNames.current(String.valueOf(name))).toList()
        : List.of();
  }

  private void trust() {
    trust.add(0, "unit: the trial (a fresh JVM); exact permutation test; Holm over gated metrics");
    trust.add(1, "fewest trials a side: " + fewestTrials);
    boolean same =
        baseline.result().environment().cpu().equals(candidate.result().environment().cpu());
    trust.add(2, "same processor: " + (same ? "yes" : "NO"));
    trust.add(
        3,
        "the runs were measured one after the other: what the machine did in between is in the"
            + " difference (./stagemark gate takes turns)");
  }

  /** The fewest trials a side whose smallest p-value can pass Holm over so many metrics. */
  private int needed(long gated) {
    int n = policy.minTrials();
    double assignments = binomial(n);
    while (n < MAX_TRIALS && gated / assignments >= policy.alpha()) {
      n++;
      assignments = binomial(n);
    }
    return n;
  }

  private static double binomial(int n) {
    double ways = 1;
    for (int i = 1; i <= n; i++) {
      ways = ways * (n + i) / i;
    }
    return ways;
  }
}
