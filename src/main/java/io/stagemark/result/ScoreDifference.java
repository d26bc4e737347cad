package io.stagemark.result;

import java.util.List;

/**
 * How a score changed between two cases on the same examples: paired by example, so that the spread
 * between the examples is taken out.
 *
 * @param baseline id of a case
 * @param candidate id of the case compared with it
 * @param score name of the score
 * @param unit of the score
 * @param lowerIsBetter true for losses
 * @param count examples that both cases scored with a finite difference
 * @param unpaired examples that could not be paired
 * @param mean mean of candidate − baseline; NaN of nothing
 * @param low lower end of the 95 % bootstrap interval of the mean; NaN below two examples
 * @param high upper end
 * @param up examples whose score rose
 * @param down examples whose score fell
 * @param largest the examples with the largest differences, at most ten, largest first
 */
public record ScoreDifference(
    String baseline,
    String candidate,
    String score,
    String unit,
    boolean lowerIsBetter,
    int count,
    int unpaired,
    double mean,
    double low,
    double high,
    int up,
    int down,
    List<Change> largest) {
  public ScoreDifference {
    largest = List.copyOf(largest);
  }

  /**
   * One example.
   *
   * @param example its id
   * @param difference candidate − baseline
   */
  public record Change(String example, double difference) {}
}
