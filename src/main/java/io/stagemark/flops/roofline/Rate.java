package io.stagemark.flops.roofline;

import java.util.Arrays;

/**
 * A measured rate.
 *
 * @param median in units (FLOPs or bytes) a second
 * @param spread interquartile range over median, a ratio
 * @param samples how many measurements
 * @param at what reached it, such as {@code 512x512x512}
 */
public record Rate(double median, double spread, int samples, String at) {

  /** Above this spread, the machine is not steady enough for the figure. */
  static final double UNSTEADY = 0.10;

  /** Summarises rates by their median and quartiles (nearest rank). */
  static Rate of(double[] rates, String at) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    double median = rank(sorted, 0.5);
    double range = rank(sorted, 0.75) - rank(sorted, 0.25);
    return new Rate(median, median == 0 ? 0 : range / median, sorted.length, at);
  }

  private static double rank(double[] sorted, double quantile) {
    int index = (int) Math.ceil(quantile * sorted.length) - 1;
    return sorted[Math.max(0, index)];
  }

  /** Returns whether the measurements agree with one another. */
  public boolean steady() {
    return spread <= UNSTEADY;
  }
}
