package io.stagemark.compare;

import io.stagemark.stats.ClusterBootstrap;
import io.stagemark.stats.Interval;
import io.stagemark.stats.SignFlip;
import java.util.List;

/**
 * How a score changed and how surely.
 *
 * @param examples how many it rests on
 * @param difference candidate − baseline
 * @param interval of {@code difference}
 * @param pWorse p-value of "worse by more than the margin"
 * @param pBetter p-value of "better by more than the margin"
 */
record ScoreEvidence(
    int examples, double difference, Interval interval, double pWorse, double pBetter) {

  /**
   * Paired differences by example: signs flipped, images drawn with replacement.
   *
   * @param differences candidate − baseline, finite, at least one
   * @param worse +1 where more is worse, −1 where less is
   * @param margin absolute
   */
  static ScoreEvidence ofExamples(
      List<Double> differences, int worse, double margin, double alpha) {
    double[] toWorse = differences.stream().mapToDouble(d -> worse * d - margin).toArray();
    double[] toBetter = differences.stream().mapToDouble(d -> -worse * d - margin).toArray();
    Interval interval =
        ClusterBootstrap.mean(differences.stream().map(d -> new double[] {d}).toList(), alpha);
    return new ScoreEvidence(
        differences.size(),
        differences.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        interval,
        SignFlip.pGreater(toWorse),
        SignFlip.pGreater(toBetter));
  }
}
