package io.stagemark.machine;

import io.stagemark.stats.Median;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The leak check: how much physical memory outside the Java heap a process took while it measured,
 * and whether it kept taking.
 *
 * <p>A runtime may take memory once, when it first meets a shape or fills a pool. So a leak is a
 * growth above a threshold, at least a quarter of which came in the second half.
 *
 * @param growthBytes outside the Java heap and Java's own buffers, from start to end; may be
 *     negative
 * @param secondHalfBytes growth of all physical memory in the second half of the readings
 * @param thresholdBytes below which nothing is called a leak
 */
public record MemoryTrend(long growthBytes, long secondHalfBytes, long thresholdBytes) {
  private static final long MIN_BYTES = 8L << 20;
  private static final long PART = 50;

  /** Below so many readings the second half says nothing. */
  static final int MIN_READINGS = 8;

  /**
   * Judges a growth.
   *
   * @param outsideBefore physical memory outside the Java heap at the start, in bytes
   * @param growthBytes of it until the end
   * @param samples physical memory, evenly spaced, at least 8
   */
  static MemoryTrend of(long outsideBefore, long growthBytes, long[] samples) {
    int n = samples.length;
    return new MemoryTrend(
        growthBytes,
        quarterMedian(samples, n) - middle(samples, n),
        Math.max(MIN_BYTES, outsideBefore / PART));
  }

  /** Medians of stretches: one reading may fall between a collection and its end. */
  private static long quarterMedian(long[] samples, int n) {
    return median(samples, n - n / 4, n);
  }

  private static long middle(long[] samples, int n) {
    return median(samples, n / 2 - n / 8, n / 2 + n / 8);
  }

  private static long median(long[] samples, int from, int to) {
    return Math.round(Median.of(Arrays.copyOfRange(samples, from, to)));
  }

  /** Returns whether memory was lost steadily. */
  public boolean leaking() {
    return growthBytes > thresholdBytes && secondHalfBytes >= growthBytes / 4;
  }

  /** Returns the middle of the second half's readings: the steady physical memory, in bytes. */
  public static OptionalLong steady(long[] samples) {
    return samples.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(median(samples, samples.length / 2, samples.length));
  }
}
