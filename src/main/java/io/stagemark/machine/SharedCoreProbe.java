package io.stagemark.machine;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Measures between two batches whether another process shares the core, such as by another virtual
 * machine on its second hardware thread: about 10 µs of multiply-adds in the first cache, as many
 * at once as the core can do, are timed. On a core that is shared they take a third longer and
 * more; a clock that follows the load takes a few percent. The kernel of a virtual machine counts
 * none of it.
 *
 * <p>The work is done once untimed before: on a processor with 512-bit vectors its first 10 µs took
 * up to a fifth longer, depending on what the core had done just before, and a stage that ends in
 * multiply-adds made its own probe look quieter.
 *
 * <p>Not thread-safe: it measures the core that its caller runs on.
 */
public final class SharedCoreProbe {
  private static final int PASSES = 450;
  private static final int KEPT = 512;
  private static final int MIN_READINGS = 100;

  /** Halfway between what clocks do (1.05) and what a shared core does (1.35). */
  private static final double SHARED = 1.15;

  private static final double LEVEL = 0.1;

  private final MultiplyAdds work = new MultiplyAdds();
  private final long[] last = new long[KEPT];
  private int taken;
  private double levelNanos = Double.NaN;

  /** Returns how long the work took just now, in nanoseconds; takes twice as long itself. */
  public long take() {
    work.run(PASSES);
    long start = System.nanoTime();
    work.run(PASSES);
    long nanos = System.nanoTime() - start;
    last[taken % KEPT] = nanos;
    taken++;
    return nanos;
  }

  /**
   * Learns the level of a core that is not shared from what was {@link #take}n last: the first
   * tenth of 512, the lowest that was ever learnt. Of fewer than 100 nothing is learnt.
   */
  public void learn() {
    if (taken < MIN_READINGS) {
      return;
    }
    long[] sorted = Arrays.copyOf(last, Math.min(taken, KEPT));
    Arrays.sort(sorted);
    double now = sorted[(int) (sorted.length * LEVEL)];
    levelNanos = Double.isNaN(levelNanos) ? now : Math.min(levelNanos, now);
  }

  /** Returns the level, in nanoseconds; empty before anything was learnt. */
  public OptionalDouble level() {
    return Double.isNaN(levelNanos) ? OptionalDouble.empty() : OptionalDouble.of(levelNanos);
  }

  /** Returns whether a reading is at the quiet level; true until a level was learnt. */
  public boolean quiet(long nanos) {
    return !(nanos > levelNanos * SHARED);
  }
}
