package io.stagemark.config;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;

/**
 * How a case is measured: the section {@code measure} of a config. A component has the name of its
 * key; as JSON the groups are flat, as in a config.
 *
 * @param trials fresh JVMs a case, at least 1
 * @param goal when a case gets more trials
 * @param warmup when measured batches begin
 * @param window when they end, and what of a batch is timed
 * @param seed of the order of trials; and, with the trial's number added, of its arrivals
 * @param limits of a trial's JVM
 * @param extras what is recorded in addition to times
 * @param load when batches begin, and on which processors
 */
public record MeasureSettings(
    int trials,
    @JsonUnwrapped Goal goal,
    @JsonUnwrapped Warmup warmup,
    @JsonUnwrapped Window window,
    long seed,
    @JsonUnwrapped Limits limits,
    @JsonUnwrapped Extras extras,
    LoadSettings load) {

  /**
   * The precision that is asked for.
   *
   * @param precision largest half-width of the interval of the total's p50, as a ratio: 0.03 is ±3
   *     %; empty: a case has {@code trials} trials
   * @param maxTrials trials that a case has at most
   * @param maxMinutes no trial begins after so many minutes of the run but the first {@code trials}
   */
  public record Goal(Optional<Double> precision, int maxTrials, double maxMinutes) {}

  /**
   * The warm-up of a trial.
   *
   * @param warmupSeconds measured batches begin after at least so many seconds of warm-up
   * @param warmupBatches and after at least so many batches of warm-up, at least 1
   * @param maxWarmupSeconds warm-up goes on beyond the two until times are steady, but no longer
   *     than this
   */
  public record Warmup(double warmupSeconds, int warmupBatches, double maxWarmupSeconds) {}

  /**
   * The measured batches of a trial.
   *
   * @param minSeconds a trial measures for at least so many seconds
   * @param minBatches and at least so many batches, at least 1
   * @param maxBatches and stops at so many in any case: the room for samples is set aside
   *     beforehand
   * @param totalFrom where total begins
   */
  public record Window(double minSeconds, int minBatches, int maxBatches, TotalFrom totalFrom) {}

  /**
   * The limits of a trial's JVM.
   *
   * @param trialTimeoutSeconds a trial that takes longer is ended and counts as failed
   * @param heapMiB {@code -Xmx} of the JVM, in MiB
   */
  public record Limits(int trialTimeoutSeconds, int heapMiB) {}

  /**
   * What a trial records in addition to times.
   *
   * @param subStages whether a pass after the measured batches times the sub-stages
   * @param causes whether a trial records the JVM's pauses and compilations during its batches
   * @param operators whether a profiled pass, apart from the trials, times each operator
   */
  public record Extras(boolean subStages, boolean causes, boolean operators) {}

  /** Returns the same with another seed. */
  public MeasureSettings withSeed(long other) {
    return new MeasureSettings(trials, goal, warmup, window, other, limits, extras, load);
  }

  /** Where a batch's total time begins; "one image in" can be read both ways. */
  public enum TotalFrom {
    /** At the encoded file: total = decode + preprocess + forward + postprocess + gap. */
    FILE,
    /** At the decoded image: decoding is timed and shown, but outside total and FPS. */
    IMAGE
  }
}
