package io.stagemark.trial.load;

import java.util.Arrays;

/**
 * When each batch of one stream was due, began and ended, in memory set aside before the first. Not
 * thread-safe.
 */
public final class LoadLog {
  private final long[] due;
  private final long[] started;
  private final long[] ended;
  private int count;

  /**
   * @param capacity batches that fit
   */
  public LoadLog(int capacity) {
    due = new long[capacity];
    started = new long[capacity];
    ended = new long[capacity];
    // Touches every page now, so that no page fault falls into a measured batch.
    Arrays.fill(due, -1);
    Arrays.fill(started, -1);
    Arrays.fill(ended, -1);
  }

  /** Notes the batch that a stream has just run. */
  void add(long dueNanos, BatchStream stream) {
    due[count] = dueNanos;
    started[count] = stream.startedNanos();
    ended[count] = stream.endedNanos();
    count++;
  }

  /** Returns how many batches it holds. */
  public int count() {
    return count;
  }

  /** Returns when a batch should have begun, in nanoseconds of the load's clock. */
  public long due(int batch) {
    return due[batch];
  }

  /** Returns when a batch began. */
  public long started(int batch) {
    return started[batch];
  }

  /** Returns when a batch's result was there. */
  public long ended(int batch) {
    return ended[batch];
  }
}
