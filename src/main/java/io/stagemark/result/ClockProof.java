package io.stagemark.result;

/**
 * What the clock of a trial can tell apart.
 *
 * @param stepNanos smallest difference of two readings that is not 0, in nanoseconds
 * @param costNanos of one reading, in nanoseconds
 * @param backwards measured batches with a stage that ended before it began
 */
public record ClockProof(long stepNanos, double costNanos, int backwards) {}
