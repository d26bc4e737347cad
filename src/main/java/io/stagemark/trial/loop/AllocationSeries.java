package io.stagemark.trial.loop;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Java heap that a further batch allocates: the slope of the bytes allocated so far over the
 * batches, without what a trial allocates once.
 *
 * <p>The counter is read between batches, at the ends of windows of whole rotations of the data
 * set, so that each window has the same examples whatever batch the warm-up ended with. There are 2
 * to 16 windows: when there are more, neighbours become one. The slope is the lower median of the
 * windows' bytes over their batches. A class that is loaded or a method that is linked in some
 * windows does not change it; an allocation of every n-th batch is in each window of n batches.
 * What the first visit of an example keeps for the scores, and what is allocated between two turns
 * of a gate, is left out. Not thread-safe; reads the thread that calls it and allocates nothing but
 * in {@link #slope} and {@link #mean}.
 */
public final class AllocationSeries {
  static final int MAX_WINDOWS = 16;

  /** Batches of a rotation over which what is allocated once is no longer seen. */
  private static final int MIN_ONLY_WINDOW = 16;

  private final LongSupplier allocated;
  private final IntSupplier rotation;
  private final long[] readings = new long[MAX_WINDOWS + 1];
  private int windows;
  private long stride = 1;
  private long batches;
  private long leftOut;
  private long stoppedAt;

  /**
   * @param allocated bytes that this thread has allocated since it began
   * @param rotation batches after which the same examples come again
   */
  AllocationSeries(LongSupplier allocated, IntSupplier rotation) {
    this.allocated = allocated;
    this.rotation = rotation;
  }

  /** Forgets every batch; those that are counted begin now. */
  public void restart() {
    windows = 0;
    batches = 0;
    stride = Math.max(1, rotation.getAsInt());
    leftOut = allocated.getAsLong();
  }

  /** Begins a turn of batches, the first one or one behind {@link #end}. */
  public void begin() {
    if (batches == 0) {
      restart();
    } else {
      leftOut += allocated.getAsLong() - stoppedAt;
    }
  }

  /** Ends a turn: what is allocated from now on is not of a batch. */
  public void end() {
    stoppedAt = allocated.getAsLong();
  }

  /** Returns the counter, for {@link #leaveOutSince}. */
  long reading() {
    return allocated.getAsLong();
  }

  /** Leaves out what was allocated since an earlier reading. */
  void leaveOutSince(long reading) {
    leftOut += allocated.getAsLong() - reading;
  }

  /** Counts a batch that has ended. */
  void batch() {
    batches++;
    if (batches % stride != 0) {
      return;
    }
    if (windows == MAX_WINDOWS) {
      halve();
      if (batches % stride != 0) {
        return;
      }
    }
    windows++;
    readings[windows] = allocated.getAsLong() - leftOut;
  }

  private void halve() {
    windows = MAX_WINDOWS / 2;
    for (int i = 1; i <= windows; i++) {
      readings[i] = readings[2 * i];
    }
    stride *= 2;
  }

  /**
   * Returns the bytes that a further batch allocates; empty where too few batches were measured to
   * separate it from what is allocated once: less than two rotations, or one of less than 16
   * batches.
   */
  public OptionalDouble slope() {
    if (windows == 0 || (windows == 1 && stride < MIN_ONLY_WINDOW)) {
      return OptionalDouble.empty();
    }
    long[] bytes = new long[windows];
    for (int i = 0; i < windows; i++) {
      bytes[i] = readings[i + 1] - readings[i];
    }
    Arrays.sort(bytes);
    return OptionalDouble.of((double) bytes[(windows - 1) / 2] / stride);
  }

  /** Returns the bytes over the batches up to the last {@link #end}; 0 without a batch. */
  public double mean() {
    return batches == 0 ? 0 : (double) (stoppedAt - leftOut) / batches;
  }
}
