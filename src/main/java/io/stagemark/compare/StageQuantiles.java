package io.stagemark.compare;

import io.stagemark.data.Stage;
import io.stagemark.stats.HarrellDavis;
import io.stagemark.stats.JudgedPercentile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Harrell-Davis quantiles of units, one a stage and percentile, where a unit has batches enough
 * ({@link JudgedPercentile}).
 */
final class StageQuantiles {
  // The weights cost more than the sum; units of one size share them.
  private final Map<Long, HarrellDavis> estimators = new HashMap<>();

  /** Returns the fewest batches of any unit where they are too few; empty where they suffice. */
  static OptionalInt tooFew(List<Map<Stage, long[]>> units, Stage stage, int percentile) {
    int fewest = units.stream().mapToInt(u -> times(u, stage).length).min().orElse(0);
    return fewest < JudgedPercentile.needed(percentile)
        ? OptionalInt.of(fewest)
        : OptionalInt.empty();
  }

  /** Returns one quantile a unit, in nanoseconds. */
  double[] of(List<Map<Stage, long[]>> units, Stage stage, int percentile) {
    return units.stream().mapToDouble(u -> quantile(times(u, stage), percentile)).toArray();
  }

  private static long[] times(Map<Stage, long[]> unit, Stage stage) {
    return unit.getOrDefault(stage, new long[0]);
  }

  private double quantile(long[] nanos, int percentile) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return estimators
        .computeIfAbsent(
            sorted.length * 100L + percentile,
            key -> new HarrellDavis(sorted.length, percentile / 100.0))
        .quantile(sorted);
  }
}
