package io.stagemark.run;

/**
 * Real work of a known length, to see that a gate finds it: a loop of multiplications whose steps
 * are counted, not timed, so that it slows down with the machine as other work does. Not
 * thread-safe.
 */
final class BusyWork {
  private static final int PROBE_STEPS = 200_000;
  private static final int PROBES = 400; // enough for the compiler to be through on a busy machine

  private long steps;
  private long state = 1; // written, so that no compiler may leave the loop out

  /** Does the work; nothing before {@link #last}. */
  void run() {
    state = spin(steps, state);
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
      state = spin(PROBE_STEPS, state);
      best = Math.min(best, (double) (System.nanoTime() - start));
    }
    steps = Math.round(nanos / best * PROBE_STEPS);
  }

  private static long spin(long steps, long from) {
    long value = from;
    for (long i = 0; i < steps; i++) {
      value = value * 6364136223846793005L + 1442695040888963407L;
    }
    return value;
  }
}
