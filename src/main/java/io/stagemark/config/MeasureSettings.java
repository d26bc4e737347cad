package io.stagemark.config;

/**
 * How a case is measured.
 *
 * @param trials fresh JVMs a case, at least 1
 * @param warmupSeconds measured batches begin after at least so many seconds of warm-up
 * @param warmupBatches and after at least so many batches of warm-up, at least 1
 * @param maxWarmupSeconds warm-up goes on beyond the two until times are steady, but no longer than
 *     this
 * @param minSeconds a trial measures for at least so many seconds
 * @param minBatches and at least so many batches, at least 1
 * @param maxBatches and stops at so many in any case: the room for samples is set aside beforehand
 * @param totalFrom where total begins
 * @param seed of the order of trials; and, with the trial's number added, of its arrivals
 * @param trialTimeoutSeconds a trial that takes longer is ended and counts as failed
 * @param heapMiB {@code -Xmx} of a trial's JVM, in MiB
 * @param subStages whether a pass after the measured batches times the sub-stages
 * @param causes whether a trial records the JVM's pauses and compilations during its batches
 * @param operators whether a profiled pass, apart from the trials, times each operator
 * @param load when batches begin, and on which processors
 */
public record MeasureSettings(
    int trials,
    double warmupSeconds,
    int warmupBatches,
    double maxWarmupSeconds,
    double minSeconds,
    int minBatches,
    int maxBatches,
    TotalFrom totalFrom,
    long seed,
    int trialTimeoutSeconds,
    int heapMiB,
    boolean subStages,
    boolean causes,
    boolean operators,
    LoadSettings load) {

  /** Returns the same with another seed. */
  public MeasureSettings withSeed(long other) {
    return new MeasureSettings(
        trials,
        warmupSeconds,
        warmupBatches,
        maxWarmupSeconds,
        minSeconds,
        minBatches,
        maxBatches,
        totalFrom,
        other,
        trialTimeoutSeconds,
        heapMiB,
        subStages,
        causes,
        operators,
        load);
  }

  /** Where a batch's total time begins; "one image in" can be read both ways. */
  public enum TotalFrom {
    /** At the encoded file: total = decode + preprocess + forward + postprocess + gap. */
    FILE,
    /** At the decoded image: decoding is timed and shown, but outside total and FPS. */
    IMAGE
  }
}
