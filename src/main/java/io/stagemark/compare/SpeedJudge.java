package io.stagemark.compare;

import io.stagemark.config.gate.Policy;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.stats.BenjaminiHochberg;
import io.stagemark.stats.Holm;
import io.stagemark.stats.Interval;
import io.stagemark.stats.JointFlips;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * From evidence to verdicts. REGRESSED needs the interval above the margin and an adjusted p below
 * α; IMPROVED is the mirror; EQUIVALENT needs the interval inside the margins; anything else is
 * INCONCLUSIVE and says what would have been found.
 */
final class SpeedJudge {
  private final Policy policy;
  private final Optional<Looks.Look> look;
  private final ToDoubleFunction<SpeedMetric> noticing;

  /** Judges at once, with all of α. */
  SpeedJudge(Policy policy) {
    this(policy, Optional.empty(), metric -> Double.NaN);
  }

  /**
   * Judges live pairs at one of several looks.
   *
   * @param noticing level at which a metric without a change would have been noticed, and asked
   *     again with more pairs; NaN for those that are tested now
   */
  SpeedJudge(Policy policy, Looks.Look look, ToDoubleFunction<SpeedMetric> noticing) {
    this(policy, Optional.of(look), noticing);
  }

  /** Judges live pairs between looks, where nothing is flagged. */
  SpeedJudge(Policy policy, ToDoubleFunction<SpeedMetric> noticing) {
    this(policy, Optional.empty(), noticing);
  }

  private SpeedJudge(
      Policy policy, Optional<Looks.Look> look, ToDoubleFunction<SpeedMetric> noticing) {
    this.policy = policy;
    this.look = look;
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
    double[] slowerAdjusted =
        adjusted(slower, gated, i -> pairs(metrics.get(i)).slowerBy(shift(metrics.get(i))));
    double[] fasterAdjusted =
        adjusted(faster, gated, i -> pairs(metrics.get(i)).fasterBy(shift(metrics.get(i))));
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
   * The gated ones as one family, q-values over all for the others. Live pairs exchange the signs
   * of all figures at once, and the p-value is one of all looks: a look that has a third of α takes
   * three times it. Trials of stored runs are corrected by Holm.
   *
   * @param p of each metric on its own
   * @param differences of a metric, a pair each
   */
  private double[] adjusted(double[] p, int[] gated, IntFunction<double[]> differences) {
    double[] adjusted = BenjaminiHochberg.adjust(p);
    double[] family =
        look.isEmpty()
            ? Holm.adjust(IntStream.of(gated).mapToDouble(i -> p[i]).toArray())
            : JointFlips.pGreater(
                IntStream.of(gated).mapToObj(differences).toArray(double[][]::new),
                look.get().statistic());
    for (int g = 0; g < gated.length; g++) {
      adjusted[gated[g]] = Math.min(1, Math.max(family[g], p[gated[g]]) * policy.alpha() / spent());
    }
    return adjusted;
  }

  private double spent() {
    return look.map(Looks.Look::alpha).orElse(policy.alpha());
  }

  private static PairEvidence pairs(SpeedMetric metric) {
    return (PairEvidence) metric.evidence(); // looks are a live gate's
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
            ? evidence.detectable(spent(), Math.max(1, tests))
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
