package io.stagemark.run;

import io.stagemark.machine.MultiplyAdds;

/**
 * Real work of a known length, to see that a gate finds it: multiply-adds that are counted, not
 * timed, so that it slows down with the machine as a network does. Not thread-safe.
 */
final class BusyWork {
  private static final int PROBE_PASSES = 4_000;
  private static final int PROBES = 400; // enough for the compiler to be through on a busy machine

  private final MultiplyAdds work = new MultiplyAdds();
  private long passes;
  private long lastNanos;

  /** Does the work; nothing before {@link #last}. */
  void run() {
    long start = System.nanoTime();
    work.run(passes);
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
      work.run(PROBE_PASSES);
      best = Math.min(best, (double) (System.nanoTime() - start));
    }
    passes = Math.round(nanos / best * PROBE_PASSES);
  }
}
