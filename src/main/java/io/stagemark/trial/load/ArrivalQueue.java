package io.stagemark.trial.load;

import io.stagemark.engine.EngineException;
import io.stagemark.task.TaskException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * LoadGen's Server scenario: batches arrive by a schedule whether or not anyone is free, and are
 * served first in, first out.
 *
 * <p>The queue is a ticket: a free stream takes the number of the next arrival and waits until it
 * is due. An arrival that no stream was free for is therefore begun the moment one is, and its
 * latency still counts from when it was due. A closed loop would have sent it later and not noticed
 * (coordinated omission; Gil Tene, How NOT to Measure Latency, 2013).
 */
public final class ArrivalQueue implements Driver {
  private final ArrivalSchedule schedule;
  private final long startNanos;
  private final long giveUpNanos;
  private final AtomicInteger nextTicket = new AtomicInteger();

  /**
   * @param startNanos when the schedule begins, by the load's clock
   * @param graceNanos a batch that has not begun so long after the last arrival is not served: a
   *     machine that cannot keep the rate would never end
   */
  public ArrivalQueue(ArrivalSchedule schedule, long startNanos, long graceNanos) {
    this.schedule = schedule;
    this.startNanos = startNanos;
    this.giveUpNanos = startNanos + schedule.lastOffset() + graceNanos;
  }

  @Override
  public void drive(int index, BatchStream stream, LoadLog log, LoadClock clock)
      throws EngineException, TaskException {
    int ticket = nextTicket.getAndIncrement();
    while (ticket < schedule.count()) {
      long due = startNanos + schedule.offset(ticket);
      clock.waitUntil(due);
      if (clock.nanos() - giveUpNanos > 0) {
        return;
      }
      if (stream.batch()) {
        log.add(due, stream);
      }
      ticket = nextTicket.getAndIncrement();
    }
  }

  @Override
  public void stop() {
    nextTicket.set(schedule.count());
  }
}
