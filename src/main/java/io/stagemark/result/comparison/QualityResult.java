package io.stagemark.result.comparison;

import io.stagemark.stats.Interval;

/**
 * What was found out about one score.
 *
 * @param caseId of the baseline's case
 * @param score its name
 * @param unit of the score
 * @param lowerIsBetter true for losses
 * @param gated whether worse fails
 * @param examples paired by example
 * @param baseline over the data set, NaN where not defined
 * @param candidate over the data set, NaN where not defined
 * @param difference mean of candidate − baseline over the examples; for scores of a set that of the
 *     set
 * @param interval of {@code difference}
 * @param adjustedP one-sided, of the direction in which it changed, against the margin; Holm
 * @param margin that still counts as the same, absolute
 * @param verdict in a word
 * @param reason why, where the figures do not say it
 */
public record QualityResult(
    String caseId,
    String score,
    String unit,
    boolean lowerIsBetter,
    boolean gated,
    int examples,
    double baseline,
    double candidate,
    double difference,
    Interval interval,
    double adjustedP,
    double margin,
    Verdict verdict,
    String reason) {

  /** Returns the same figures with no verdict. */
  public QualityResult withoutVerdict(String why) {
    return new QualityResult(
        caseId,
        score,
        unit,
        lowerIsBetter,
        gated,
        examples,
        baseline,
        candidate,
        difference,
        interval,
        adjustedP,
        margin,
        Verdict.INCONCLUSIVE,
        why);
  }
}
