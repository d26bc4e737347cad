package io.stagemark.compare;

import io.stagemark.config.RunConfig;
import io.stagemark.config.gate.GateConfig;
import io.stagemark.config.gate.Policy;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.MeasuredPairs;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.result.comparison.PairFootprints;
import io.stagemark.result.comparison.PairRecord;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.file.PortablePaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The gate's procedure: measure a few pairs; where nothing moved and nothing could have been
 * missed, end there. Else measure on, and decide at planned looks that share α. Read {@link
 * #compare} first.
 */
public final class LiveComparison {
  /**
   * Once something moved, one of so many pairs has a control: a third JVM makes a pair half as long
   * again, and none of 400 comparisons of identical sides was decided by one.
   */
  private static final int CONTROL_EVERY = 3;

  private final GateConfig gate;
  private final Policy policy;
  private final LivePairs source;
  private final LivePairs.Progress progress;
  private final PairSet pairs;
  private final List<String> trust = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  private LiveComparison(GateConfig gate, LivePairs source, LivePairs.Progress progress) {
    this.gate = gate;
    this.policy = gate.policy();
    this.source = source;
    this.progress = progress;
    this.pairs =
        new PairSet(
            gate.baseline().config().cases().get(0).id(),
            new PairEvidenceMaker(gate.pairs().blockBatches()),
            policy.alpha());
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
    PairJudge judge = measure();
    List<SpeedResult> speed = afterSharing(afterControl(judge));
    if (!failures.isEmpty()) {
      String why = "the gate did not come to its end";
      speed = speed.stream().map(s -> s.withoutVerdict(why)).toList();
    }
    StageEvidence evidence = pairs.evidence();
    trust.addAll(PairTrust.of(pairs.pairs()));
    notJudged(evidence.notJudged());
    Comparison.Findings seen =
        new Comparison.Findings(
            speed, quality(), counts(sides), evidence.blame(), evidence.notJudged(), List.of());
    return new Comparison(
        Comparison.SCHEMA_VERSION,
        new Comparison.Setup(
            Comparison.Origin.LIVE,
            sides.baseline(),
            sides.candidate(),
            policy.name(),
            policy.alpha(),
            sides.changes(),
            policy.mustFind().onBlind()),
        List.of(),
        trust,
        new BlindSpots(policy, judge::help).in(seen),
        failures,
        command,
        Optional.of(records()));
  }

  /** Measures pairs until the verdict is there, no further pair would help, or one fails. */
  private PairJudge measure() throws IOException, InterruptedException {
    int screen = gate.pairs().screen();
    int most = screen + gate.pairs().confirm();
    PairJudge judge = new PairJudge(policy, pairs, screen, most);
    boolean control = false;
    while (pairs.size() < most) {
      try {
        pairs.add(source.next(control && gate.pairs().control()));
      } catch (LivePairs.Failed e) {
        failures.add(PortablePaths.ofCommand().text(String.valueOf(e.getMessage())));
        return new PairJudge(policy, pairs, screen, most);
      }
      boolean screening = pairs.size() <= screen;
      progress.pair(
          screening ? "screening" : "confirming",
          screening ? pairs.size() : pairs.size() - screen,
          screening ? screen : most - screen,
          most - pairs.size());
      judge = new PairJudge(policy, pairs, screen, most);
      judge.pilot().ifPresent(progress::note);
      if (pairs.size() >= screen && judge.isSettled()) {
        break;
      }
      int afterScreening = pairs.size() - (screen - 1); // the last of them has the first control
      control =
          afterScreening >= 0 && afterScreening % CONTROL_EVERY == 0 && !judge.moved().isEmpty();
    }
    trust.add("pairs: " + judge.howItEnded());
    return judge;
  }

  /** Judges allocation and memory over every measured pair. */
  private List<ExactResult> counts(LiveSides sides) {
    ExactCounts exact = new ExactCounts(policy);
    List<ExactResult> counts =
        new ArrayList<>(
            exact.operations(
                pairs.caseId(), sides.baselineOperations(), sides.candidateOperations()));
    List<PairFootprints> taken =
        pairs.pairs().stream().flatMap(pair -> pair.record().footprints().stream()).toList();
    counts.addAll(
        exact.allocation(
            pairs.caseId(),
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
        pairs.caseId(),
        "peak",
        known.stream().mapToDouble(t -> t.baseline().peakRssBytes().orElseThrow()).toArray(),
        known.stream().mapToDouble(t -> t.candidate().peakRssBytes().orElseThrow()).toArray());
    counts.addAll(memory.finish());
    return counts;
  }

  private MeasuredPairs records() {
    List<PairRecord> all = pairs.pairs().stream().map(LivePairs.Pair::record).toList();
    int screen = Math.min(gate.pairs().screen(), all.size());
    return new MeasuredPairs(all.subList(0, screen), all.subList(screen, all.size()));
  }

  /** Lists gated metrics that are not judged. */
  private void notJudged(List<NotJudged> all) {
    List<NotJudged> gated =
        all.stream().filter(n -> policy.gates(n.metric().replace(' ', '.'))).toList();
    if (!gated.isEmpty()) {
      trust.add(
          "%s, and NOT judged: %s (%s)"
              .formatted(
                  policy.gate().stated() ? "gated by the policy" : "gated where it can be judged",
                  String.join(", ", gated.stream().map(NotJudged::metric).toList()),
                  gated.get(0).reason()));
    }
  }

  private List<SpeedResult> afterControl(PairJudge judge) {
    List<SpeedResult> speed = judge.results();
    if (!gate.pairs().control()) {
      trust.add("A/A control: switched off (pairs.control)");
      return speed;
    }
    if (judge.moved().isEmpty()) {
      trust.add("A/A control: not needed, since no gated time moved");
      return speed;
    }
    if (pairs.controlMetrics().isEmpty()) {
      trust.add("A/A control: none was measured before the verdict");
      return speed;
    }
    List<String> moved = judge.controlMoved();
    if (moved.isEmpty()) {
      trust.add("A/A control: clean, the baseline against itself moved nothing");
      return speed;
    }
    String why =
        "the A/A control moved %s: the machine is too unsteady".formatted(String.join(", ", moved));
    trust.add(why);
    return speed.stream().map(s -> s.withoutVerdict(why)).toList();
  }

  /** Batches that are left out more often on one side cannot be attributed to neighbours. */
  private List<SpeedResult> afterSharing(List<SpeedResult> speed) {
    Optional<String> uneven = PairTrust.unevenlyShared(pairs.pairs());
    uneven.ifPresent(trust::add);
    return uneven.isEmpty()
        ? speed
        : speed.stream().map(s -> s.withoutVerdict(uneven.get())).toList();
  }

  /** Judges the scores of every pair: each scored its own outputs. */
  private List<QualityResult> quality() {
    List<LivePairs.Pair> all = pairs.pairs();
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
}
