package io.stagemark.report.export;

import io.stagemark.report.export.Figure.Bounds;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The primary metric of a benchmark in JMH's JSON.
 *
 * @param mode {@code sample} where the times of single batches are known, as a histogram; {@code
 *     avgt} where only the trials' means are; {@code thrpt} for images a second
 * @param tree its fields
 */
record JmhMetric(String mode, Map<String, Object> tree) {
  private static final double NANOS_TO_MILLIS = 1e-6;

  /** JMH writes so what it has no number for. */
  private static final String NO_NUMBER = "NaN";

  /**
   * Returns the times of a stage.
   *
   * @param histograms of each trial; without them the mode is another, since readers take a
   *     histogram for granted in {@code sample}
   */
  static JmhMetric ofTimes(
      ExportedCase one, String stage, Distribution times, Optional<List<TimeBins>> histograms) {
    Map<String, Object> tree = new LinkedHashMap<>();
    putScore(
        tree,
        times.meanNanos() * NANOS_TO_MILLIS,
        CaseFigures.meanBounds(one, stage, times).map(bounds -> bounds.scaled(NANOS_TO_MILLIS)));
    Map<String, Object> percentiles = new LinkedHashMap<>();
    percentiles.put("0.0", millis((double) times.minNanos()));
    for (Quantile quantile : times.quantiles()) {
      quantile
          .nanos()
          .ifPresent(
              nanos -> percentiles.put(String.valueOf(quantile.percent()), millis((double) nanos)));
    }
    percentiles.put("100.0", millis((double) times.maxNanos()));
    tree.put("scorePercentiles", percentiles);
    tree.put("scoreUnit", "ms/op");
    if (histograms.isPresent()) {
      tree.put(
          "rawDataHistogram",
          histograms.get().stream().map(bins -> List.of(bins.pairs(NANOS_TO_MILLIS))).toList());
      return new JmhMetric("sample", tree);
    }
    tree.put(
        "rawData",
        one.timesOfTrials(stage).stream()
            .map(trial -> List.of(millis(trial.meanNanos())))
            .toList());
    return new JmhMetric("avgt", tree);
  }

  /** Returns the images a second. */
  static JmhMetric ofFrames(ExportedCase one) {
    double score = one.result().timed().framesPerSecond().orElseThrow();
    List<Double> ofTrials = new ArrayList<>();
    for (Measured trial : one.trials()) {
      if (trial.window().wallNanos() > 0) {
        ofTrials.add(trial.window().images() / (trial.window().wallNanos() / 1e9));
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    putScore(tree, score, CaseFigures.framesBounds(one));
    Map<String, Object> percentiles = new LinkedHashMap<>();
    ofTrials.stream()
        .min(Double::compare)
        .ifPresent(least -> percentiles.put("0.0", PlainNumber.rounded(least)));
    ofTrials.stream()
        .max(Double::compare)
        .ifPresent(most -> percentiles.put("100.0", PlainNumber.rounded(most)));
    tree.put("scorePercentiles", percentiles);
    tree.put("scoreUnit", "ops/s");
    tree.put("rawData", ofTrials.stream().map(each -> List.of(PlainNumber.rounded(each))).toList());
    return new JmhMetric("thrpt", tree);
  }

  private static Object millis(double nanos) {
    return PlainNumber.rounded(nanos * NANOS_TO_MILLIS);
  }

  private static void putScore(Map<String, Object> tree, double score, Optional<Bounds> bounds) {
    tree.put("score", PlainNumber.rounded(score));
    tree.put(
        "scoreError",
        bounds.<Object>map(each -> PlainNumber.rounded(each.distance(score))).orElse(NO_NUMBER));
    tree.put(
        "scoreConfidence",
        bounds
            .<List<?>>map(
                each ->
                    List.of(PlainNumber.rounded(each.lower()), PlainNumber.rounded(each.upper())))
            .orElse(List.of(NO_NUMBER, NO_NUMBER)));
  }
}
