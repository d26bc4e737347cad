package io.stagemark.compare;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.Policy.OnBlind;
import io.stagemark.data.Stage;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the pairs so far say, and whether it is enough. A gated time has <i>moved</i> where a test
 * at a loose level says so, in either direction; that costs time alone. It is <i>flagged</i> only
 * at one of the {@link Looks}, by all pairs and its part of α.
 */
final class PairJudge {
  /** The level at which a time counts as moved. */
  private static final double NOTICE = 0.10;

  /** A control that moves by this part of the candidate's change makes it doubtful. */
  private static final double DOUBT = 0.5;

  private static final int PILOT_PAIRS = 3;
  private static final int MAX_PAIRS = 300;

  private final Policy policy;
  private final PairSet pairs;
  private final int screen;
  private final int most;
  private final Looks looks;
  private final List<SpeedMetric> metrics;
  private final Set<String> moved;
  private final List<SpeedResult> results;

  /**
   * @param pairs so far; what is added later is not seen
   * @param screen pairs before anything is decided
   * @param most pairs in all
   */
  PairJudge(Policy policy, PairSet pairs, int screen, int most) {
    this.policy = policy;
    this.pairs = pairs;
    this.screen = screen;
    this.most = most;
    metrics = pairs.evidence().metrics();
    looks = Looks.of(screen, most, policy.alpha());
    SpeedJudge judge = new SpeedJudge(policy);
    moved = moved(judge);
    results = atLook().map(this::judged).orElseGet(this::undecided);
  }

  private Optional<Looks.Look> atLook() {
    return looks.after(pairs.size());
  }

  private List<SpeedResult> judged(Looks.Look look) {
    return new SpeedJudge(policy, look, this::noticing).judge(metrics);
  }

  /** What did not move would have been noticed at that level, and asked again with more pairs. */
  private double noticing(SpeedMetric metric) {
    return moved.contains(metric.name()) ? Double.NaN : NOTICE;
  }

  /** Between looks nothing is flagged; that a time is equivalent can be said at any time. */
  private List<SpeedResult> undecided() {
    return new SpeedJudge(policy, this::noticing)
        .judge(metrics).stream()
            .map(
                s ->
                    s.verdict() == Verdict.REGRESSED || s.verdict() == Verdict.IMPROVED
                        ? s.withoutVerdict("more pairs have to confirm it")
                        : s)
            .toList();
  }

  /**
   * Returns the gated metrics of every stage that may have changed, either way: where one
   * percentile of a stage moved, all of them are asked, since six pairs may be too few for a tail.
   */
  private Set<String> moved(SpeedJudge judge) {
    Set<String> stages = new TreeSet<>();
    for (SpeedMetric metric : metrics) {
      double shift = judge.shift(metric);
      if (policy.gates(metric.name())
          && (metric.evidence().pSlower(shift) < NOTICE
              || metric.evidence().pFaster(shift) < NOTICE)) {
        stages.add(metric.stage());
      }
    }
    return metrics.stream()
        .filter(m -> stages.contains(m.stage()) && policy.gates(m.name()))
        .map(SpeedMetric::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the names of the gated metrics that moved. */
  Set<String> moved() {
    return moved;
  }

  /** Returns the verdicts by the pairs so far. */
  List<SpeedResult> results() {
    return results;
  }

  /** Returns whether no further pair is needed, or would help. */
  boolean isSettled() {
    if (pairs.size() >= most) {
      return true;
    }
    if (moved.isEmpty()) {
      return policy.mustFind().onBlind() == OnBlind.PASS // nobody waits for it
          || results.stream().noneMatch(s -> isBlind(s) && canBeHelped(s));
    }
    return atLook().isPresent() && controlMoved().isEmpty() && (isAllJudged() || isRedAnyway());
  }

  private boolean isAllJudged() {
    return results.stream()
        .filter(s -> moved.contains(name(s)))
        .noneMatch(s -> s.verdict() == Verdict.INCONCLUSIVE);
  }

  /**
   * Returns whether what is flagged says enough: a stage is named, and of each that is, every
   * percentile has a verdict, or one is slower by more than has to be found, which the others would
   * not change. What moved besides may be chance, and the gate is red without it.
   */
  private boolean isRedAnyway() {
    Set<String> flagged =
        gated()
            .filter(s -> s.verdict() == Verdict.REGRESSED)
            .map(s -> s.metric().stage())
            .collect(Collectors.toSet());
    if (gated().anyMatch(s -> !isOfTotal(s))) {
      flagged.remove(Stage.TOTAL.label()); // it names no stage
    }
    return !flagged.isEmpty() && flagged.stream().allMatch(this::saysEnough);
  }

  private boolean saysEnough(String stage) {
    List<SpeedResult> all = gated().filter(s -> s.metric().stage().equals(stage)).toList();
    return all.stream().noneMatch(s -> s.verdict() == Verdict.INCONCLUSIVE)
        || all.stream()
            .filter(s -> s.verdict() == Verdict.REGRESSED)
            .anyMatch(s -> s.times().interval().low() > mustFind(s));
  }

  private Stream<SpeedResult> gated() {
    return results.stream().filter(s -> s.metric().gated());
  }

  private static boolean isOfTotal(SpeedResult s) {
    return s.metric().stage().equals(Stage.TOTAL.label());
  }

  private boolean isBlind(SpeedResult s) {
    return s.metric().gated()
        && s.verdict() == Verdict.INCONCLUSIVE
        && s.test().detectable() > mustFind(s);
  }

  private double mustFind(SpeedResult s) {
    return BlindSpots.mustFind(policy, s, results);
  }

  private boolean canBeHelped(SpeedResult s) {
    return detectable(s, most) <= mustFind(s);
  }

  /** Returns the slowdown that so many pairs of the same spread would find. */
  private double detectable(SpeedResult s, int count) {
    return metrics.stream()
        .filter(m -> m.name().equals(name(s)) && m.evidence() instanceof PairEvidence)
        .mapToDouble(
            m ->
                (1 + s.test().margin())
                        * (1 + ((PairEvidence) m.evidence()).detectable(NOTICE, 1, count))
                    - 1)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * Returns the flagged times in which the baseline against itself moved by at least half as much
   * as the candidate did, in the same direction in every pair that has a control.
   */
  List<String> controlMoved() {
    List<SpeedMetric> control = pairs.controlMetrics();
    return results.stream()
        .filter(s -> s.verdict() == Verdict.REGRESSED || s.verdict() == Verdict.IMPROVED)
        .filter(s -> moved.contains(name(s)))
        .filter(
            s ->
                control.stream()
                    .filter(c -> c.name().equals(name(s)))
                    .map(c -> (PairEvidence) c.evidence())
                    .anyMatch(
                        c ->
                            c.agrees()
                                && Math.abs(c.effect())
                                    >= DOUBT * Math.abs(Math.log1p(s.times().change()))))
        .map(SpeedResult::label)
        .toList();
  }

  private static String name(SpeedResult s) {
    return s.metric().stage() + ".p" + s.metric().percentile();
  }

  /** Returns a warning, once, where all pairs together could not find what has to be found. */
  Optional<String> pilot() {
    if (pairs.size() != PILOT_PAIRS) {
      return Optional.empty();
    }
    List<String> beyond =
        results.stream()
            .filter(s -> s.metric().gated() && detectable(s, most) > mustFind(s))
            .map(
                s ->
                    "%s %s where %s has to be found"
                        .formatted(
                            s.label(),
                            BlindSpots.percent(detectable(s, most)),
                            BlindSpots.percent(mustFind(s))))
            .toList();
    return beyond.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "pilot: by the first %d pairs, all %d would find no less than %s (policy: mustFind)"
                .formatted(PILOT_PAIRS, most, String.join(", ", beyond)));
  }

  /** Returns what would help a time in which too little could be found. */
  String help(SpeedResult s) {
    if (Double.isInfinite(s.test().detectable())) {
      return "a quieter machine (./stagemark doctor): more pairs would not give it a verdict";
    }
    for (int count = pairs.size() + 1; count <= MAX_PAIRS; count++) {
      if (detectable(s, count) <= mustFind(s)) {
        return "about %d pairs on this machine (pairs.confirm: %d), or a quieter one"
            .formatted(count, Math.max(8, count - screen));
      }
    }
    return "a quieter machine (./stagemark doctor), or a larger mustFind in the policy";
  }

  /** Returns how many pairs were measured, and why no more. */
  String howItEnded() {
    if (pairs.size() < screen) {
      return "%d of at least %d".formatted(pairs.size(), screen);
    }
    if (moved.isEmpty()) {
      return "%d; no gated time moved".formatted(pairs.size());
    }
    return "%d; looks after %s share α; moved: %s"
        .formatted(pairs.size(), looks, String.join(", ", moved));
  }
}
