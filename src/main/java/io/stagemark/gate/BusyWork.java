package io.stagemark.gate;

import io.stagemark.machine.MultiplyAdds;
import io.stagemark.stats.Median;
import java.util.Arrays;

/**
 * Real work in addition to a stage's own, to test that a gate finds it: multiply-adds that are
 * counted, not timed, so that it slows down with the machine as a network does. Not thread-safe.
 */
final class BusyWork {
  private static final int PROBE_PASSES = 4_000;
  private static final int PROBES = 400; // enough for the compiler to finish on a busy machine
  private static final int KEPT = 1024;
  private static final int MIN_READINGS = 20;

  private final MultiplyAdds work = new MultiplyAdds();
  private final long[] stages = new long[KEPT];
  private final long[] works = new long[KEPT];
  private int taken;
  private long passes;

  /**
   * Does the work; nothing before {@link #last}. Its time and the time of the stage before it are
   * kept for {@link #adjust}.
   *
   * @param stageNanos time that the stage before it has just taken, in nanoseconds
   */
  void run(long stageNanos) {
    long start = System.nanoTime();
    work.run(passes);
    works[taken % KEPT] = System.nanoTime() - start;
    stages[taken % KEPT] = stageNanos;
    taken++;
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
    taken = 0;
  }

  /**
   * Makes the work longer or shorter, so that its median since the last time becomes the wanted
   * share of the stage's: a gate reads it by p50. Fewer than 20 times change nothing, and no work
   * stays no work.
   *
   * @param share 0.05 for five percent of the stage
   */
  void adjust(double share) {
    if (taken < MIN_READINGS) {
      return;
    }
    double stage = median(stages);
    double did = median(works);
    if (passes > 0 && did > 0) {
      passes = Math.max(1, Math.round(passes * share * stage / did));
    }
    taken = 0;
  }

  private double median(long[] nanos) {
    return Median.of(Arrays.copyOf(nanos, Math.min(taken, KEPT)));
  }
}
