package io.stagemark.trial.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When batches arrive, drawn before the clock starts: a Poisson process, as in LoadGen's Server
 * scenario, its gaps −ln(1 − u)/rate of independent u from a seed.
 */
public final class ArrivalSchedule {
  private final long[] offsets;

  private ArrivalSchedule(long[] offsets) {
    this.offsets = offsets;
  }

  /**
   * Draws arrivals.
   *
   * @param ratePerSecond mean number a second, above 0
   * @param count how many, at least 1
   * @param seed the same seed gives the same arrivals
   */
  public static ArrivalSchedule poisson(double ratePerSecond, int count, long seed) {
    if (!(ratePerSecond > 0) || count < 1) {
      throw new IllegalArgumentException(
          "a schedule needs a rate above 0 and an arrival: %s per second, %s"
              .formatted(ratePerSecond, count));
    }
    SplittableRandom random = new SplittableRandom(seed);
    long[] offsets = new long[count];
    double seconds = 0;
    for (int i = 0; i < count; i++) {
      seconds -= Math.log1p(-random.nextDouble()) / ratePerSecond;
      offsets[i] = Math.round(seconds * 1e9);
    }
    return new ArrivalSchedule(offsets);
  }

  /**
   * Returns how many arrivals a measurement takes: so many that both a time and a number are
   * reached, and no more than fit.
   */
  public static int count(double ratePerSecond, LoadLimits limits) {
    double wanted =
        Math.max(limits.minBatches(), Math.ceil(ratePerSecond * limits.minNanos() / 1e9));
    return (int) Math.min(wanted, limits.maxBatches());
  }

  /** Returns how many arrivals there are. */
  public int count() {
    return offsets.length;
  }

  /** Returns when one arrives, in nanoseconds after the start. */
  public long offset(int arrival) {
    return offsets[arrival];
  }

  /** Returns when the last one arrives. */
  public long lastOffset() {
    return offsets[offsets.length - 1];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrivalSchedule schedule && Arrays.equals(offsets, schedule.offsets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(offsets);
  }
}
