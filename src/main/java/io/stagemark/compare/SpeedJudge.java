package io.stagemark.compare;

import io.stagemark.config.gate.Policy;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.stats.BenjaminiHochberg;
import io.stagemark.stats.Holm;
import io.stagemark.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * From evidence to verdicts. REGRESSED needs the interval above the margin and an adjusted p below
 * α; IMPROVED is the mirror; EQUIVALENT needs the interval inside the margins; anything else is
 * INCONCLUSIVE and says what would have been found.
 */
final class SpeedJudge {
  private final Policy policy;
  private final double spent;
  private final ToDoubleFunction<SpeedMetric> noticing;

  /** Judges at once, with all of α. */
  SpeedJudge(Policy policy) {
    this(policy, policy.alpha(), metric -> Double.NaN);
  }

  /**
   * Judges at one of several looks.
   *
   * @param spent the look's part of α, at most all of it
   * @param noticing level at which a metric without a change would have been noticed, and asked
   *     again with more pairs; NaN for those that are tested now
   */
  SpeedJudge(Policy policy, double spent, ToDoubleFunction<SpeedMetric> noticing) {
    this.policy = policy;
    this.spent = spent;
    this.noticing = noticing;
  }

  /** Returns a result a metric, in their order; the gated ones are one family of tests. */
  List<SpeedResult> judge(List<SpeedMetric> metrics) {
    int[] gated =
        IntStream.range(0, metrics.size())
            .filter(i -> policy.gates(metrics.get(i).name()))
            .toArray();
    double[] slower = metrics.stream().mapToDouble(m -> m.evidence().pSlower(shift(m))).toArray();
    double[] faster = metrics.stream().mapToDouble(m -> m.evidence().pFaster(shift(m))).toArray();
    double[] slowerAdjusted = adjusted(slower, gated);
    double[] fasterAdjusted = adjusted(faster, gated);
    List<SpeedResult> results = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      boolean up = metrics.get(i).evidence().effect() >= 0;
      results.add(
          result(
              metrics.get(i),
              up ? slower[i] : faster[i],
              up ? slowerAdjusted[i] : fasterAdjusted[i],
              gated.length));
    }
    return results;
  }

  /**
   * Holm over the gated ones, as a p-value of all looks; q-values over all for the others. A look
   * that has a third of α takes three times the p-value.
   */
  private double[] adjusted(double[] p, int[] gated) {
    double[] adjusted = BenjaminiHochberg.adjust(p);
    double[] family = Holm.adjust(IntStream.of(gated).mapToDouble(i -> p[i]).toArray());
    for (int g = 0; g < gated.length; g++) {
      adjusted[gated[g]] = Math.min(1, family[g] * policy.alpha() / spent);
    }
    return adjusted;
  }

  /** Returns the margin as an effect: the larger of the percentage and the floor. */
  double shift(SpeedMetric metric) {
    return Math.log1p(margin(metric));
  }

  /** Returns the margin as a ratio. */
  double margin(SpeedMetric metric) {
    Policy.Margins margins = policy.marginsOf(metric.stage());
    double floor = margins.floorMicros() * 1e3 / Math.max(1, metric.evidence().baselineNanos());
    return Math.max(margins.ratio(metric.percentile()), floor);
  }

  private SpeedResult result(SpeedMetric metric, double p, double adjustedP, int tests) {
    Evidence evidence = metric.evidence();
    Interval interval = evidence.interval(policy.alpha());
    double level = noticing.applyAsDouble(metric);
    double beyondMargin =
        Double.isNaN(level)
            ? evidence.detectable(spent, Math.max(1, tests))
            : evidence.detectable(level, 1);
    // the test is against the margin: a slowdown has to pass it first
    double detectable = (1 + margin(metric)) * (1 + beyondMargin) - 1;
    Verdict verdict = verdict(interval, shift(metric), adjustedP);
    String reason = verdict == Verdict.INCONCLUSIVE ? reason(detectable) : "";
    return new SpeedResult(
        new SpeedResult.Metric(
            metric.caseId(),
            metric.stage(),
            metric.percentile(),
            policy.gates(metric.name()),
            evidence.units()),
        new SpeedResult.TimeChange(
            evidence.baselineNanos(),
            evidence.candidateNanos(),
            Math.expm1(evidence.effect()),
            new Interval(Math.expm1(interval.low()), Math.expm1(interval.high()))),
        new SpeedResult.ChangeTest(p, adjustedP, margin(metric), detectable),
        verdict,
        reason);
  }

  private Verdict verdict(Interval interval, double shift, double adjustedP) {
    if (interval.low() > shift && adjustedP < policy.alpha()) {
      return Verdict.REGRESSED;
    }
    if (interval.high() < -shift && adjustedP < policy.alpha()) {
      return Verdict.IMPROVED;
    }
    return interval.within(shift) ? Verdict.EQUIVALENT : Verdict.INCONCLUSIVE;
  }

  private static String reason(double detectable) {
    return Double.isInfinite(detectable)
        ? "too few units to judge"
        : String.format(Locale.ROOT, "could have found a slowdown of %.1f %%", detectable * 100);
  }
}
