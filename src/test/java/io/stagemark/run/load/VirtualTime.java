package io.stagemark.run.load;

import io.stagemark.trial.load.BatchStream;
import io.stagemark.trial.load.LoadClock;
import java.util.function.LongUnaryOperator;

/** A clock that runs only while someone waits or works, and a stream that works on it. */
public final class VirtualTime implements LoadClock, BatchStream {
  private final LongUnaryOperator ends;
  private long now;
  private long started;
  private long ended;
  private int batches;
  private int failing;

  /**
   * @param ends when a batch that begins at a time has ended
   */
  public VirtualTime(LongUnaryOperator ends) {
    this.ends = ends;
  }

  /** A machine that takes a time for a batch, and does nothing at all during regular stalls. */
  public static VirtualTime stalling(long serviceNanos, long everyNanos, long stallNanos) {
    return new VirtualTime(
        start -> {
          long at = start;
          long left = serviceNanos;
          while (left > 0) {
            long inPeriod = at % everyNanos;
            if (at >= everyNanos && inPeriod < stallNanos) {
              at += stallNanos - inPeriod;
              inPeriod = stallNanos;
            }
            long work = Math.min(left, everyNanos - inPeriod);
            at += work;
            left -= work;
          }
          return at;
        });
  }

  /** Every so many batches one fails. */
  public VirtualTime failingEvery(int count) {
    failing = count;
    return this;
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void waitUntil(long nanos) {
    now = Math.max(now, nanos);
  }

  @Override
  public boolean batch() {
    started = now;
    now = ends.applyAsLong(now);
    ended = now;
    batches++;
    return failing == 0 || batches % failing != 0;
  }

  public int batches() {
    return batches;
  }

  @Override
  public long startedNanos() {
    return started;
  }

  @Override
  public long endedNanos() {
    return ended;
  }
}
