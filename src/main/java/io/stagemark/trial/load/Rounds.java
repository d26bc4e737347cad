package io.stagemark.trial.load;

import io.stagemark.engine.EngineException;
import io.stagemark.task.TaskException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * LoadGen's MultiStream: a round is one batch for each stream, all due at the same moment (LoadGen
 * says a query of N samples); the next round is due when the last of them is done.
 *
 * <p>A stream that is done early spins for {@value #SPIN_NANOS} ns, since rounds of small models
 * are short, and parks after that; the last one to come wakes the others. Allocates nothing per
 * round.
 */
public final class Rounds implements Driver {
  private static final long SPIN_NANOS = 50_000;

  private final LoadLimits limits;
  private final int streams;
  private final long startNanos;
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicReferenceArray<Thread> threads;
  private volatile long round;
  private volatile long dueNanos;
  private volatile boolean stopped;

  /**
   * @param limits of all streams together
   * @param startNanos when the first round may begin
   */
  public Rounds(LoadLimits limits, int streams, long startNanos) {
    this.limits = limits;
    this.streams = streams;
    this.startNanos = startNanos;
    this.threads = new AtomicReferenceArray<>(streams);
  }

  @Override
  public void drive(int index, BatchStream stream, LoadLog log, LoadClock clock)
      throws EngineException, TaskException {
    threads.set(index, Thread.currentThread());
    clock.waitUntil(startNanos);
    while (enter(clock)) {
      long due = dueNanos;
      if (stream.batch()) {
        log.add(due, stream);
      }
    }
  }

  /** Waits for the other streams; returns whether there is a further round. */
  private boolean enter(LoadClock clock) {
    long mine = round;
    if (arrived.incrementAndGet() == streams) {
      arrived.set(0);
      long now = clock.nanos();
      int batches = (int) Math.min(Integer.MAX_VALUE, mine * streams);
      if (limits.reached(now - startNanos, batches) || batches + streams > limits.maxBatches()) {
        stopped = true;
      }
      dueNanos = now;
      round = mine + 1;
      wakeAll();
    } else {
      long from = clock.nanos();
      while (round == mine && !stopped) {
        if (clock.nanos() - from < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }
    return !stopped;
  }

  private void wakeAll() {
    for (int i = 0; i < streams; i++) {
      LockSupport.unpark(threads.get(i));
    }
  }

  @Override
  public void stop() {
    stopped = true;
    wakeAll();
  }
}
