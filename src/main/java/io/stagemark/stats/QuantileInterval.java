package io.stagemark.stats;

/**
 * The interval of a percentile of the population: two values that were measured.
 *
 * @param lowNanos lower end, in nanoseconds
 * @param highNanos upper end, in nanoseconds
 * @param confidence probability in [0.95, 1) that the two ends hold the percentile between them,
 *     for samples that are independent of each other
 */
public record QuantileInterval(long lowNanos, long highNanos, double confidence) {}
