package io.stagemark.compare;

import io.stagemark.data.Stage;
import io.stagemark.result.comparison.BlameShare;
import io.stagemark.result.comparison.NotJudged;
import io.stagemark.stats.Interval;
import io.stagemark.stats.JudgedPercentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The times of one case on both sides, unit by unit, as metrics.
 *
 * @param metrics metrics with enough batches
 * @param notJudged metrics without
 * @param blame the change of each stage's p50 and the total's; empty without enough batches
 */
record StageEvidence(List<SpeedMetric> metrics, List<NotJudged> notJudged, List<BlameShare> blame) {
  /** Makes evidence from the figures of both sides. */
  interface EvidenceMaker {
    /** Takes one figure a unit of each side, in nanoseconds. */
    Evidence of(double[] baseline, double[] candidate);

    /** Returns why a metric is not judged, and what to do. */
    default String tooFew(int needed, int has) {
      return "needs %d batches a trial, has %d: raise measure.minBatches".formatted(needed, has);
    }
  }

  /**
   * Makes the evidence.
   *
   * @param caseId of the baseline's case
   * @param baseline times by stage, one map a unit
   * @param candidate likewise
   * @param maker makes evidence from pairs or trials
   * @param alpha of the intervals of blame
   */
  static StageEvidence of(
      String caseId,
      List<Map<Stage, long[]>> baseline,
      List<Map<Stage, long[]>> candidate,
      EvidenceMaker maker,
      double alpha) {
    StageQuantiles quantiles = new StageQuantiles();
    List<SpeedMetric> metrics = new ArrayList<>();
    List<NotJudged> notJudged = new ArrayList<>();
    List<BlameShare> blame = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      for (int percentile : JudgedPercentile.ALL) {
        OptionalInt tooFew = fewer(baseline, candidate, stage, percentile);
        if (tooFew.isPresent()) {
          notJudged.add(
              new NotJudged(
                  caseId,
                  stage.label() + " p" + percentile,
                  maker.tooFew(JudgedPercentile.needed(percentile), tooFew.getAsInt())));
          continue;
        }
        Evidence evidence =
            maker.of(
                quantiles.of(baseline, stage, percentile),
                quantiles.of(candidate, stage, percentile));
        metrics.add(new SpeedMetric(caseId, stage.label(), percentile, evidence));
        if (percentile == JudgedPercentile.MEDIAN) {
          Interval interval = evidence.nanosInterval(alpha);
          blame.add(new BlameShare(caseId, stage.label(), evidence.nanos(), interval));
        }
      }
    }
    return new StageEvidence(metrics, notJudged, blame);
  }

  private static OptionalInt fewer(
      List<Map<Stage, long[]>> a, List<Map<Stage, long[]>> b, Stage stage, int percentile) {
    OptionalInt before = StageQuantiles.tooFew(a, stage, percentile);
    OptionalInt after = StageQuantiles.tooFew(b, stage, percentile);
    return before.isPresent() && after.isPresent()
        ? OptionalInt.of(Math.min(before.getAsInt(), after.getAsInt()))
        : before.isPresent() ? before : after;
  }
}
