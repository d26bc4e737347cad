package io.stagemark.trial.load;

/**
 * How long a load is applied.
 *
 * @param minNanos shortest time, in nanoseconds
 * @param minBatches fewest batches over all streams
 * @param maxBatches most batches over all streams; ends the load in any case
 */
public record LoadLimits(long minNanos, int minBatches, int maxBatches) {

  boolean reached(long nanos, int batches) {
    return batches >= maxBatches || (nanos >= minNanos && batches >= minBatches);
  }

  /** Returns each stream's part when each decides for itself. */
  LoadLimits share(int streams) {
    return new LoadLimits(
        minNanos, (minBatches + streams - 1) / streams, Math.max(1, maxBatches / streams));
  }

  /** Returns the same with another time. */
  public LoadLimits withMinNanos(long nanos) {
    return new LoadLimits(nanos, minBatches, maxBatches);
  }

  /** Returns the same with another number of batches, at most {@link #maxBatches}. */
  public LoadLimits withMinBatches(int batches) {
    return new LoadLimits(minNanos, Math.min(batches, maxBatches), maxBatches);
  }
}
