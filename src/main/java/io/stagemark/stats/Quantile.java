package io.stagemark.stats;

import static java.util.Locale.ROOT;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A percentile with its proof.
 *
 * @param percent such as 95
 * @param nanos the value, in nanoseconds; absent where there are too few samples
 * @param needed how many samples it needs
 * @param interval interval of the population's percentile; absent where the value is, and in older
 *     files
 */
public record Quantile(
    double percent, OptionalLong nanos, int needed, Optional<QuantileInterval> interval) {
  public Quantile {
    interval = interval == null ? Optional.empty() : interval; // absent in older files
  }

  /** Returns such as {@code p95} or {@code p99.9}. */
  public String label() {
    return percent == Math.rint(percent) ? "p" + (int) percent : "p" + percent;
  }

  /** Returns why it is absent, such as {@code needs 452 more samples (662 in all)}. */
  public String reason(long samples) {
    return String.format(ROOT, "needs %d more samples (%d in all)", needed - samples, needed);
  }
}
