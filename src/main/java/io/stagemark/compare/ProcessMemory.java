package io.stagemark.compare;

import static java.util.Locale.ROOT;

import io.stagemark.config.gate.Policy;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Resources;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.stats.Holm;
import io.stagemark.stats.Interval;
import io.stagemark.stats.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Physical memory of both sides' processes. It is no exact count: heap that a JVM touched stays
 * resident, so that identical processes differ by a fifth. It is therefore tested as times are: the
 * unit is the process, the margin is the policy's floor, and all such figures are one family.
 */
final class ProcessMemory {
  private static final double MIB = 1 << 20;

  private final Policy policy;
  private final StageEvidence.EvidenceMaker maker;
  private final List<TestedMemory> tested = new ArrayList<>();

  private record TestedMemory(
      String caseId, String name, double baseline, double candidate, Evidence evidence) {}

  /**
   * @param maker pairs or trials
   */
  ProcessMemory(Policy policy, StageEvidence.EvidenceMaker maker) {
    this.policy = policy;
    this.maker = maker;
  }

  /** Adds a case of two stored runs: the peak, and the steady level while it measured. */
  void add(CaseResult before, CaseResult after) {
    add(
        before.id(),
        "peak",
        of(before, Resources::peakRssBytes),
        of(after, Resources::peakRssBytes));
    add(
        before.id(),
        "steady",
        of(before, Resources::steadyRssBytes),
        of(after, Resources::steadyRssBytes));
  }

  /**
   * Adds one figure.
   *
   * @param name such as {@code peak}
   * @param baseline bytes, one figure a process; nothing is compared where a side has none
   * @param candidate likewise
   */
  void add(String caseId, String name, double[] baseline, double[] candidate) {
    if (baseline.length > 0 && candidate.length > 0) {
      tested.add(
          new TestedMemory(
              caseId,
              ExactResult.PHYSICAL_MEMORY + "." + name,
              Median.of(baseline),
              Median.of(candidate),
              maker.of(baseline, candidate)));
    }
  }

  /** Returns a result a figure, in their order. */
  List<ExactResult> finish() {
    double[] more =
        Holm.adjust(tested.stream().mapToDouble(t -> t.evidence().pSlower(shift(t))).toArray());
    double[] less =
        Holm.adjust(tested.stream().mapToDouble(t -> t.evidence().pFaster(shift(t))).toArray());
    List<ExactResult> results = new ArrayList<>();
    for (int i = 0; i < tested.size(); i++) {
      results.add(judged(tested.get(i), more[i], less[i]));
    }
    return results;
  }

  private ExactResult judged(TestedMemory one, double pMore, double pLess) {
    double shift = shift(one);
    Interval interval = one.evidence().interval(policy.alpha());
    Verdict verdict = Verdict.INCONCLUSIVE;
    String reason = "processes differ too much to judge, " + one.evidence().units();
    if (interval.low() > shift && pMore < policy.alpha()) {
      verdict = Verdict.REGRESSED;
      reason = one.evidence().units();
    } else if (interval.high() < -shift && pLess < policy.alpha()) {
      verdict = Verdict.IMPROVED;
      reason = one.evidence().units();
    } else if (interval.high() <= shift) {
      verdict = Verdict.EQUIVALENT;
      reason = String.format(ROOT, "not more by more than %.1f %%", 100 * Math.expm1(shift));
    }
    return new ExactResult(
        one.caseId(),
        one.name(),
        "MiB of a process (median)",
        policy.exact().gate().contains(ExactResult.PHYSICAL_MEMORY),
        one.baseline() / MIB,
        one.candidate() / MIB,
        verdict,
        reason);
  }

  /** The margin as an effect. Effects are logarithms of ratios: of bytes as well as of times. */
  private double shift(TestedMemory one) {
    double floor = policy.exact().rssFloorMib() * MIB / one.baseline();
    return Math.log1p(Math.max(policy.exact().rssFloorPercent() / 100, floor));
  }

  private static double[] of(CaseResult one, Function<Resources, OptionalLong> figure) {
    return one.trials().stream()
        .flatMap(t -> t.measured().stream())
        .flatMap(m -> m.circumstances().stream())
        .flatMap(c -> c.resources().stream())
        .flatMapToLong(r -> figure.apply(r).stream())
        .mapToDouble(bytes -> bytes)
        .toArray();
  }
}
