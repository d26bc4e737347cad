package io.stagemark.stats;

import static java.util.Locale.ROOT;

import java.util.OptionalLong;

/**
 * A percentile with its proof.
 *
 * @param percent such as 95
 * @param nanos the value, in nanoseconds; absent where there are too few samples
 * @param needed how many samples it needs
 */
public record Quantile(double percent, OptionalLong nanos, int needed) {

  /** Returns such as {@code p95} or {@code p99.9}. */
  public String label() {
    return percent == Math.rint(percent) ? "p" + (int) percent : "p" + percent;
  }

  /** Returns why it is absent, such as {@code needs 662 samples, has 210}. */
  public String reason(long samples) {
    return String.format(ROOT, "needs %d samples, has %d", needed, samples);
  }
}
