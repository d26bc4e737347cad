package io.stagemark.result;

/**
 * The resolution of a trial's clock.
 *
 * @param stepNanos smallest difference of two readings that is not 0, in nanoseconds
 * @param costNanos of one reading, in nanoseconds
 * @param backwards measured batches with a stage that ended before it began
 */
public record ClockProof(long stepNanos, double costNanos, int backwards) {}
