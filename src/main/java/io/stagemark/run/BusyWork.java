package io.stagemark.run;

import java.util.Arrays;

/**
 * Real work of a known length, to see that a gate finds it: multiply-adds over two short arrays, as
 * many at once as the processor can do, and counted, not timed, so that it slows down with the
 * machine as a network's own multiply-adds do. Not thread-safe.
 */
final class BusyWork {
  private static final int LENGTH = 512; // both arrays stay in the first cache
  private static final int PROBE_PASSES = 4_000;
  private static final int PROBES = 400; // enough for the compiler to be through on a busy machine

  private final float[] values = new float[LENGTH];
  private final float[] addends = new float[LENGTH];
  private long passes;
  private long lastNanos;

  BusyWork() {
    Arrays.fill(addends, 0.5f);
  }

  /** Does the work; nothing before {@link #last}. */
  void run() {
    long start = System.nanoTime();
    work(passes);
    lastNanos = System.nanoTime() - start;
  }

  /** Returns how long {@link #run} took the last time, in nanoseconds. */
  long lastNanos() {
    return lastNanos;
  }

  /** Makes the work shorter or longer: it took {@code nanos} and is to take {@code wanted}. */
  void scale(double wanted, double nanos) {
    if (nanos > 0) {
      passes = Math.round(passes * wanted / nanos);
    }
  }

  /**
   * Sets how long it lasts on this machine now.
   *
   * @param nanos in nanoseconds
   */
  void last(double nanos) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < PROBES; i++) {
      long start = System.nanoTime();
      work(PROBE_PASSES);
      best = Math.min(best, (double) (System.nanoTime() - start));
    }
    passes = Math.round(nanos / best * PROBE_PASSES);
  }

  private void work(long count) {
    for (long i = 0; i < count; i++) {
      pass(values, addends);
    }
  }

  /** Stays finite and normal: the values go to 1. They are in fields, so nothing is left out. */
  private static void pass(float[] values, float[] addends) {
    for (int i = 0; i < LENGTH; i++) {
      values[i] = values[i] * 0.5f + addends[i];
    }
  }
}
