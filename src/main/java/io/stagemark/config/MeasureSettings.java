package io.stagemark.config;

/**
 * How a case is measured.
 *
 * @param trials fresh JVMs a case, at least 1
 * @param warmupSeconds measured batches begin after at least so many seconds of warm-up
 * @param warmupBatches and after at least so many batches of warm-up, at least 1
 * @param minSeconds a trial measures for at least so many seconds
 * @param minBatches and at least so many batches, at least 1
 * @param maxBatches and stops at so many in any case: the room for samples is set aside beforehand
 * @param totalFrom where total begins
 * @param seed of the order of trials
 * @param trialTimeoutSeconds a trial that takes longer is ended and counts as failed
 * @param heapMiB {@code -Xmx} of a trial's JVM, in MiB
 * @param subStages whether a pass after the measured batches times the sub-stages
 * @param causes whether a trial records the JVM's pauses and compilations beside its batches
 */
public record MeasureSettings(
    int trials,
    double warmupSeconds,
    int warmupBatches,
    double minSeconds,
    int minBatches,
    int maxBatches,
    TotalFrom totalFrom,
    long seed,
    int trialTimeoutSeconds,
    int heapMiB,
    boolean subStages,
    boolean causes) {

  /** Where a batch's total time begins; the seed's "one image in" can be read both ways. */
  public enum TotalFrom {
    /** At the encoded file: total = decode + preprocess + forward + postprocess + gap. */
    FILE,
    /** At the decoded image: decoding is timed and shown, but outside total and FPS. */
    IMAGE
  }
}
