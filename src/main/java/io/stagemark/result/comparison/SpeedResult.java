package io.stagemark.result.comparison;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stagemark.data.Stage;
import io.stagemark.stats.Interval;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was found out about one time. As JSON the groups are flat.
 *
 * @param metric what was measured
 * @param times of both sides
 * @param test of the change
 * @param verdict in a word
 * @param reason why, for INCONCLUSIVE; empty otherwise
 */
public record SpeedResult(
    @JsonUnwrapped Metric metric,
    @JsonUnwrapped TimeChange times,
    @JsonUnwrapped ChangeTest test,
    Verdict verdict,
    String reason) {

  /**
   * What was measured.
   *
   * @param caseId of the baseline's case
   * @param stage such as {@code forward}
   * @param percentile 50, 95 or 99
   * @param gated whether it can fail the build
   * @param units how many pairs or trials it rests on
   */
  public record Metric(String caseId, String stage, int percentile, boolean gated, String units) {}

  /**
   * The times of both sides.
   *
   * @param baselineNanos in nanoseconds
   * @param candidateNanos in nanoseconds
   * @param change candidate over baseline, less 1: 0.03 is 3 % slower
   * @param interval of {@code change}
   */
  public record TimeChange(
      double baselineNanos, double candidateNanos, double change, Interval interval) {}

  /**
   * The test of the change.
   *
   * @param p one-sided, of the direction in which it changed, against the margin
   * @param adjustedP over the gated metrics as one family: all looks of live pairs, Holm of stored
   *     runs; for others Benjamini and Hochberg's q over all
   * @param margin that still counts as the same, as a ratio; from the percentage or the floor
   * @param detectable smallest slowdown that would be found four times in five, as a ratio, the
   *     margin included; infinite where none would
   */
  public record ChangeTest(double p, double adjustedP, double margin, double detectable) {}

  /** Returns such as {@code forward p50}. */
  public String label() {
    return metric.stage() + " p" + metric.percentile();
  }

  /**
   * Returns the baseline's time over that of its case's total at the same percentile.
   *
   * @param all results among which the total is; empty if it is not
   */
  public OptionalDouble partOfTotal(List<SpeedResult> all) {
    return all.stream()
        .filter(it -> it.metric().caseId().equals(metric.caseId()))
        .filter(it -> it.metric().percentile() == metric.percentile())
        .filter(it -> it.metric().stage().equals(Stage.TOTAL.label()))
        .mapToDouble(it -> times.baselineNanos() / it.times().baselineNanos())
        .findFirst();
  }

  /** Returns the same figures with no verdict: no slowdown would have been found. */
  public SpeedResult withoutVerdict(String why) {
    return new SpeedResult(
        metric,
        times,
        new ChangeTest(test.p(), test.adjustedP(), test.margin(), Double.POSITIVE_INFINITY),
        Verdict.INCONCLUSIVE,
        why);
  }
}
