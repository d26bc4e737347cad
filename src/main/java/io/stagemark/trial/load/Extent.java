package io.stagemark.trial.load;

/**
 * How long a load is put on.
 *
 * @param minNanos at least so long
 * @param minBatches and at least so many batches over all streams
 * @param maxBatches but no more than so many
 */
public record Extent(long minNanos, int minBatches, int maxBatches) {

  boolean reached(long nanos, int batches) {
    return batches >= maxBatches || (nanos >= minNanos && batches >= minBatches);
  }

  /** Returns each stream's part when each decides for itself. */
  Extent share(int streams) {
    return new Extent(
        minNanos, (minBatches + streams - 1) / streams, Math.max(1, maxBatches / streams));
  }

  /** Returns the same with another time. */
  public Extent withMinNanos(long nanos) {
    return new Extent(nanos, minBatches, maxBatches);
  }

  /** Returns the same with another number of batches, at most {@link #maxBatches}. */
  public Extent withMinBatches(int batches) {
    return new Extent(minNanos, Math.min(batches, maxBatches), maxBatches);
  }
}
