package io.stagemark.stats;

import java.util.Arrays;
import java.util.Optional;

/**
 * How much must be measured to find a slowdown: the cheapest number of batches and trials whose
 * smallest detectable effect is the one asked for.
 *
 * <p>From a pilot: the variance of ln Q from trial to trial is b² + w²/n, where w²/n, what is left
 * to chance within a trial of n batches, comes from the order-statistic interval of its quantile
 * (its length in logarithms is 2 · 1.96 standard errors). More batches lower the second part alone.
 * Of every n, the fewest trials a side whose {@link DetectableEffect} (one-sided 5 %, power 80 %)
 * is small enough; of those pairs the one that takes the least time.
 *
 * @param batches a trial
 * @param trials of each side, baseline and candidate
 * @param effect that this many find, as a ratio: 0.03 is 3 %
 * @param halfWidth of the 95 % interval that one such side's figure would have, as a ratio: what a
 *     report prints as ±, see {@link RepeatInterval}
 * @param seconds of one side
 * @param betweenDeviation of ln Q between trials, b
 * @param withinDeviation of ln Q within a trial of the pilot, w/√n
 */
public record DetectionPlan(
    int batches,
    int trials,
    double effect,
    double halfWidth,
    double seconds,
    double betweenDeviation,
    double withinDeviation) {
  private static final double ALPHA = 0.05;

  private static final double TWO_SIDED_95 = 2 * 1.96;
  private static final int MIN_TRIALS = 5;
  private static final int MAX_TRIALS = 1000;
  private static final int MAX_BATCHES = 10_000_000;
  private static final double GROWTH = 1.25;

  /**
   * What the pilot found of one trial.
   *
   * @param quantile of the batches, with its interval
   * @param batches it measured
   */
  public record Pilot(Quantile quantile, long batches) {}

  /**
   * What it costs.
   *
   * @param secondsPerTrial of JVM, loading and warm-up
   * @param secondsPerBatch measured
   */
  public record Cost(double secondsPerTrial, double secondsPerBatch) {}

  /**
   * Plans.
   *
   * @param percent whose change is to be found
   * @param effect as a ratio above 0: 0.03 is 3 %
   * @param trials of the pilot, at least two, each with the quantile and its interval
   * @return empty if 1000 trials a side would not find it
   */
  public static Optional<DetectionPlan> of(
      double percent, double effect, Pilot[] trials, Cost cost) {
    double[] logarithms =
        Arrays.stream(trials)
            .mapToDouble(t -> Math.log((double) t.quantile().nanos().orElseThrow()))
            .toArray();
    double within =
        Arrays.stream(trials).mapToDouble(DetectionPlan::within).average().orElseThrow();
    double batches = Arrays.stream(trials).mapToLong(Pilot::batches).average().orElseThrow();
    double between = Math.max(0, variance(logarithms) - within);
    int fewest = fewestBatches(percent);
    DetectionPlan best = null;
    for (double n = fewest; n <= Math.max(fewest, MAX_BATCHES); n *= GROWTH) {
      int count = (int) Math.round(n);
      double deviation = Math.sqrt(between + within * batches / count);
      int needed = trials(deviation, effect);
      double seconds = needed * (cost.secondsPerTrial() + count * cost.secondsPerBatch());
      if (needed <= MAX_TRIALS && (best == null || seconds < best.seconds())) {
        best =
            new DetectionPlan(
                count,
                needed,
                DetectableEffect.planned(deviation, needed, ALPHA),
                Math.expm1(RepeatInterval.halfWidth(deviation, needed)),
                seconds,
                Math.sqrt(between),
                Math.sqrt(within));
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Returns the standard deviation of ln Q over the trials of a pilot: what a plan must overcome
   * before more batches help.
   *
   * @param trials at least two
   */
  public static double spread(Pilot[] trials) {
    return Math.sqrt(
        variance(
            Arrays.stream(trials)
                .mapToDouble(t -> Math.log((double) t.quantile().nanos().orElseThrow()))
                .toArray()));
  }

  /**
   * Returns the effect that so many trials a side find, as long as those of the pilot.
   *
   * @param spread from {@link #spread}
   */
  public static double detectable(double spread, int trials) {
    return DetectableEffect.planned(spread, trials, ALPHA);
  }

  /** Returns how many batches a trial has at least: LoadGen's minimum, and 30 in the tail. */
  public static int fewestBatches(double percent) {
    return Math.max(Percentile.minimumSamples(percent), JudgedPercentile.needed(percent));
  }

  private static int trials(double deviation, double effect) {
    int trials = MIN_TRIALS;
    while (trials <= MAX_TRIALS && DetectableEffect.planned(deviation, trials, ALPHA) > effect) {
      trials++;
    }
    return trials;
  }

  private static double within(Pilot trial) {
    QuantileInterval interval = trial.quantile().interval().orElseThrow();
    double error = Math.log((double) interval.highNanos() / interval.lowNanos()) / TWO_SIDED_95;
    return error * error;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
