package io.stagemark.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * How a score changed between two cases on the same examples: paired by example, so that the spread
 * between the examples is taken out. As JSON the groups are flat.
 *
 * @param baseline id of a case
 * @param candidate id of the case compared with it
 * @param metric the score
 * @param summary over the examples
 * @param largest the examples with the largest differences, at most ten, largest first
 */
public record ScoreDifference(
    String baseline,
    String candidate,
    @JsonUnwrapped Metric metric,
    @JsonUnwrapped Summary summary,
    List<Change> largest) {
  public ScoreDifference {
    largest = List.copyOf(largest);
  }

  /**
   * The score.
   *
   * @param score name of the score
   * @param unit of the score
   * @param lowerIsBetter true for losses
   */
  public record Metric(String score, String unit, boolean lowerIsBetter) {}

  /**
   * The differences of all examples.
   *
   * @param count examples that both cases scored with a finite difference
   * @param unpaired examples that could not be paired
   * @param mean mean of candidate − baseline; NaN of nothing
   * @param low lower end of the 95 % bootstrap interval of the mean; NaN below two examples
   * @param high upper end
   * @param up examples whose score rose
   * @param down examples whose score fell
   */
  public record Summary(
      int count, int unpaired, double mean, double low, double high, int up, int down) {}

  /**
   * One example.
   *
   * @param example its id
   * @param difference candidate − baseline
   */
  public record Change(String example, double difference) {}
}
