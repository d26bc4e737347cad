package io.stagemark.compare;

import io.stagemark.config.RunConfig;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.config.gate.Policy;
import io.stagemark.data.Stage;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.MeasuredPairs;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.result.comparison.PairFootprints;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.result.file.PortablePaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gate's procedure: screen every metric with a few pairs, confirm what was flagged with fresh
 * ones, and judge the baseline against itself on the way. Read {@link #compare} first.
 */
public final class LiveComparison {
  /**
   * The level of screening: flagged metrics are measured again, so a loose level costs only time.
   */
  private static final double SCREEN_ALPHA = 0.10;

  private final GateConfig gate;
  private final Policy policy;
  private final LivePairs source;
  private final LivePairs.Progress progress;
  private final List<String> trust = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private LiveComparison(GateConfig gate, LivePairs source, LivePairs.Progress progress) {
    this.gate = gate;
    this.policy = gate.policy();
    this.source = source;
    this.progress = progress;
  }

  /**
   * Runs the gate.
   *
   * @param sides baseline and candidate as the report shows them
   * @param command that runs it again
   * @return the verdicts; where a JVM died, what was measured before and why
   */
  public static Comparison compare(
      GateConfig gate,
      LivePairs source,
      LivePairs.Progress progress,
      LiveSides sides,
      String command)
      throws IOException, InterruptedException {
    return new LiveComparison(gate, source, progress).compare(sides, command);
  }

  private Comparison compare(LiveSides sides, String command)
      throws IOException, InterruptedException {
    PairSet screened =
        measure(
            "screening",
            gate.pairs().screen(),
            gate.pairs().control(),
            new Families(Set.of(), Set.of()));
    List<SpeedMetric> metrics = screened.metrics(policy.alpha());
    Set<String> flagged = flagged(metrics);
    Set<String> controlFlagged = flagged(screened.controlMetrics(policy.alpha()));
    PairSet decided = screened;
    List<LivePairs.Pair> fresh = List.of();
    if (failures.isEmpty() && !flagged.isEmpty()) {
      // A control that was not flagged in screening has its answer, as any metric has.
      PairSet confirmed =
          measure(
              "confirming",
              gate.pairs().confirm(),
              !controlFlagged.isEmpty(),
              new Families(flagged, controlFlagged));
      fresh = confirmed.pairs();
      // If confirming failed at its first pair, the screening is shown.
      decided = fresh.isEmpty() ? screened : confirmed;
    }
    List<SpeedResult> speed;
    if (fresh.isEmpty()) {
      speed = new SpeedJudge(policy, Set.of()).judge(metrics);
      trust.add("pairs: %s, all of the screening".formatted(screened.pairs().size()));
    } else {
      speed = new SpeedJudge(policy, flagged).judge(decided.metrics(policy.alpha()));
      trust.add(
          "pairs: %s to screen, %s fresh ones to confirm %s"
              .formatted(
                  screened.pairs().size(), decided.pairs().size(), String.join(", ", flagged)));
    }
    speed = afterControl(speed, fresh.isEmpty() ? Set.of() : controlFlagged, decided);
    speed = afterSharing(speed, decided);
    if (!failures.isEmpty()) {
      String why = "the gate did not come to its end";
      speed = speed.stream().map(s -> s.withoutVerdict(why)).toList();
    }
    StageEvidence evidence = decided.evidence(policy.alpha());
    trust.addAll(PairTrust.of(decided.pairs()));
    List<QualityResult> scores = quality(screened, fresh);
    notJudged(evidence.notJudged());
    return new Comparison(
        Comparison.SCHEMA_VERSION,
        new Comparison.Setup(
            Comparison.Origin.LIVE,
            sides.baseline(),
            sides.candidate(),
            policy.name(),
            policy.alpha()),
        List.of(),
        trust,
        new Comparison.Findings(
            speed, scores, counts(sides, screened, fresh), evidence.blame(), evidence.notJudged()),
        failures,
        command,
        Optional.of(new MeasuredPairs(records(screened.pairs()), records(fresh))));
  }

  /** Names of the metrics that are tested in confirming, none while screening. */
  private record Families(Set<String> tested, Set<String> control) {}

  /** Judges allocation and memory over every measured pair. */
  private List<ExactResult> counts(LiveSides sides, PairSet screened, List<LivePairs.Pair> fresh) {
    ExactCounts exact = new ExactCounts(policy);
    List<ExactResult> counts =
        new ArrayList<>(
            exact.operations(
                screened.caseId(), sides.baselineOperations(), sides.candidateOperations()));
    List<PairFootprints> taken =
        Stream.concat(screened.pairs().stream(), fresh.stream())
            .flatMap(pair -> pair.record().footprints().stream())
            .toList();
    counts.addAll(
        exact.allocation(
            screened.caseId(),
            taken.stream().mapToDouble(t -> t.baseline().allocatedBytesPerBatch()).toArray(),
            taken.stream().mapToDouble(t -> t.candidate().allocatedBytesPerBatch()).toArray()));
    List<PairFootprints> known =
        taken.stream()
            .filter(t -> t.baseline().peakRssBytes().isPresent())
            .filter(t -> t.candidate().peakRssBytes().isPresent())
            .toList();
    ProcessMemory memory =
        new ProcessMemory(policy, new PairEvidenceMaker(gate.pairs().blockBatches()));
    memory.add(
        screened.caseId(),
        "peak",
        known.stream().mapToDouble(t -> t.baseline().peakRssBytes().orElseThrow()).toArray(),
        known.stream().mapToDouble(t -> t.candidate().peakRssBytes().orElseThrow()).toArray());
    counts.addAll(memory.finish());
    return counts;
  }

  private static List<PairRecord> records(List<LivePairs.Pair> pairs) {
    return pairs.stream().map(LivePairs.Pair::record).toList();
  }

  /** Lists gated metrics that are not judged. */
  private void notJudged(List<NotJudged> all) {
    List<NotJudged> gated =
        all.stream().filter(n -> policy.gates(n.metric().replace(' ', '.'))).toList();
    if (!gated.isEmpty()) {
      trust.add(
          "gated by the policy and NOT judged: %s (%s)"
              .formatted(
                  String.join(", ", gated.stream().map(NotJudged::metric).toList()),
                  gated.get(0).reason()));
    }
  }

  /** Measures pairs until there are enough, the verdict cannot change any more, or one fails. */
  private PairSet measure(String phase, int most, boolean control, Families families)
      throws IOException, InterruptedException {
    List<LivePairs.Pair> pairs = new ArrayList<>();
    PairSet set =
        new PairSet(
            gate.baseline().config().cases().get(0).id(),
            new PairEvidenceMaker(gate.pairs().blockBatches()),
            pairs);
    while (pairs.size() < most) {
      try {
        pairs.add(source.next(control));
      } catch (LivePairs.Failed e) {
        failures.add(PortablePaths.ofCommand().text(String.valueOf(e.getMessage())));
        return set;
      }
      boolean screening = families.tested().isEmpty();
      int later = screening ? gate.pairs().confirm() : 0;
      progress.pair(phase, pairs.size(), most, most - pairs.size() + later);
      if (!screening
          && pairs.size() < most
          && Curtailment.settled(set.metrics(policy.alpha()), families.tested(), most, policy)
          && Curtailment.settled(
              set.controlMetrics(policy.alpha()), families.control(), most, policy)) {
        trust.add("stopped early: no further pair could change the verdict");
        return set;
      }
    }
    return set;
  }

  /**
   * Returns the gated metrics of every stage that may have changed, either way: where one
   * percentile of a stage moved, all of them are asked again, since fresh pairs judge them anyway
   * and six may be too few for a tail.
   */
  private Set<String> flagged(List<SpeedMetric> metrics) {
    SpeedJudge judge = new SpeedJudge(policy, Set.of());
    Set<String> stages = new TreeSet<>();
    for (SpeedMetric metric : metrics) {
      double shift = judge.shift(metric);
      boolean moved =
          metric.evidence().pSlower(shift) < SCREEN_ALPHA
              || metric.evidence().pFaster(shift) < SCREEN_ALPHA;
      if (moved && policy.gates(metric.name())) {
        stages.add(metric.stage());
      }
    }
    return metrics.stream()
        .filter(m -> stages.contains(m.stage()) && policy.gates(m.name()))
        .map(SpeedMetric::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<SpeedResult> afterControl(
      List<SpeedResult> speed, Set<String> controlFlagged, PairSet decided) {
    if (!gate.pairs().control()) {
      trust.add("A/A control: switched off (pairs.control)");
      return speed;
    }
    List<String> moved =
        controlFlagged.isEmpty()
            ? List.of()
            : new SpeedJudge(policy, controlFlagged)
                .judge(decided.controlMetrics(policy.alpha())).stream()
                    .filter(
                        s ->
                            controlFlagged.contains(
                                s.metric().stage() + ".p" + s.metric().percentile()))
                    .filter(
                        s -> s.verdict() == Verdict.REGRESSED || s.verdict() == Verdict.IMPROVED)
                    .map(SpeedResult::label)
                    .toList();
    if (moved.isEmpty()) {
      trust.add("A/A control: clean, the baseline against itself flagged nothing");
      return speed;
    }
    String why =
        "the A/A control flagged %s: the machine is too unsteady"
            .formatted(String.join(", ", moved));
    trust.add(why);
    return speed.stream().map(s -> s.withoutVerdict(why)).toList();
  }

  /** Batches that are left out more often on one side cannot be attributed to neighbours. */
  private List<SpeedResult> afterSharing(List<SpeedResult> speed, PairSet decided) {
    Optional<String> uneven = PairTrust.unevenlyShared(decided.pairs());
    uneven.ifPresent(trust::add);
    return uneven.isEmpty()
        ? speed
        : speed.stream().map(s -> s.withoutVerdict(uneven.get())).toList();
  }

  /** Judges the scores of every pair: each scored its own outputs. */
  private List<QualityResult> quality(PairSet screened, List<LivePairs.Pair> fresh) {
    List<LivePairs.Pair> all = Stream.concat(screened.pairs().stream(), fresh.stream()).toList();
    QualityJudge judge = new QualityJudge(policy);
    if (!all.isEmpty()) {
      PairScores before = new PairScores(all.stream().map(LivePairs.Pair::baselineScores).toList());
      PairScores after = new PairScores(all.stream().map(LivePairs.Pair::candidateScores).toList());
      before.differing("baseline").ifPresent(trust::add);
      after.differing("candidate").ifPresent(trust::add);
      RunConfig config = gate.baseline().config();
      judge.add(
          before.joined(),
          after.joined(),
          config.score(),
          config.cases().get(0).model().evaluation());
    }
    return judge.finish();
  }

  /** Pairs of one phase as evidence. */
  private record PairSet(String caseId, PairEvidenceMaker maker, List<LivePairs.Pair> pairs) {

    StageEvidence evidence(double alpha) {
      return of(pairs.stream().map(LivePairs.Pair::candidate).toList(), alpha);
    }

    List<SpeedMetric> metrics(double alpha) {
      return evidence(alpha).metrics();
    }

    List<SpeedMetric> controlMetrics(double alpha) {
      return of(pairs.stream().flatMap(p -> p.control().stream()).toList(), alpha).metrics();
    }

    private StageEvidence of(List<Map<Stage, long[]>> others, double alpha) {
      if (pairs.isEmpty() || others.isEmpty()) {
        return new StageEvidence(List.of(), List.of(), List.of());
      }
      return StageEvidence.of(
          caseId, pairs.stream().map(LivePairs.Pair::baseline).toList(), others, maker, alpha);
    }
  }
}
