package io.stagemark.result.comparison;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.stagemark.stats.Interval;

/**
 * What was found out about one score. As JSON the groups are flat.
 *
 * @param metric the score
 * @param change of it
 * @param adjustedP one-sided, of the direction in which it changed, against the margin; Holm
 * @param margin that still counts as the same, absolute
 * @param verdict in a word
 * @param reason why, where the figures do not say it
 */
public record QualityResult(
    @JsonUnwrapped Metric metric,
    @JsonUnwrapped Change change,
    double adjustedP,
    double margin,
    Verdict verdict,
    String reason) {

  /**
   * The score.
   *
   * @param caseId of the baseline's case
   * @param score its name
   * @param unit of the score
   * @param lowerIsBetter true for losses
   * @param gated whether worse fails
   */
  public record Metric(
      String caseId, String score, String unit, boolean lowerIsBetter, boolean gated) {}

  /**
   * The score of both sides.
   *
   * @param examples paired by example
   * @param baseline over the data set, NaN where not defined
   * @param candidate over the data set, NaN where not defined
   * @param difference mean of candidate − baseline over the examples; for scores of a set that of
   *     the set
   * @param interval of {@code difference}
   */
  public record Change(
      int examples, double baseline, double candidate, double difference, Interval interval) {}

  /** Returns the same figures with no verdict. */
  public QualityResult withoutVerdict(String why) {
    return new QualityResult(metric, change, adjustedP, margin, Verdict.INCONCLUSIVE, why);
  }
}
