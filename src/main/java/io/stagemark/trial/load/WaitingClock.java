package io.stagemark.trial.load;

import java.util.concurrent.locks.LockSupport;

/**
 * {@link System#nanoTime}, and a wait that neither oversleeps nor burns a processor for long: it
 * parks until {@value #SPIN_NANOS} ns before the time and spins the rest. Linux wakes a parked
 * thread some 50 µs late (its default timer slack), which is what the spinning absorbs.
 */
public final class WaitingClock implements LoadClock {
  private static final long SPIN_NANOS = 150_000;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void waitUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = nanos - System.nanoTime();
    }
  }
}
