package io.stagemark.result.comparison;

import io.stagemark.stats.Interval;

/**
 * What was found out about one time.
 *
 * @param caseId of the baseline's case
 * @param stage such as {@code forward}
 * @param percentile 50, 95 or 99
 * @param gated whether it can fail the build
 * @param units how many pairs or trials it rests on
 * @param baselineNanos in nanoseconds
 * @param candidateNanos in nanoseconds
 * @param change candidate over baseline, less 1: 0.03 is 3 % slower
 * @param interval of {@code change}
 * @param p one-sided, of the direction in which it changed, against the margin
 * @param adjustedP Holm over the gated metrics; for others Benjamini and Hochberg's q over all
 * @param margin that still counts as the same, as a ratio; from the percentage or the floor
 * @param detectable smallest slowdown that would be found four times in five, as a ratio
 * @param verdict in a word
 * @param reason why, for INCONCLUSIVE; empty otherwise
 */
public record SpeedResult(
    String caseId,
    String stage,
    int percentile,
    boolean gated,
    String units,
    double baselineNanos,
    double candidateNanos,
    double change,
    Interval interval,
    double p,
    double adjustedP,
    double margin,
    double detectable,
    Verdict verdict,
    String reason) {

  /** Returns such as {@code forward p50}. */
  public String label() {
    return stage + " p" + percentile;
  }

  /** Returns the same figures with no verdict. */
  public SpeedResult withoutVerdict(String why) {
    return new SpeedResult(
        caseId,
        stage,
        percentile,
        gated,
        units,
        baselineNanos,
        candidateNanos,
        change,
        interval,
        p,
        adjustedP,
        margin,
        detectable,
        Verdict.INCONCLUSIVE,
        why);
  }
}
