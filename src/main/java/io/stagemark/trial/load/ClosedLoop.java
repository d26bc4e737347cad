package io.stagemark.trial.load;

import io.stagemark.engine.EngineException;
import io.stagemark.task.TaskException;

/**
 * Each stream begins its next batch when its last one is done, or some idle time later: LoadGen's
 * Offline (several streams, no idle time) and a paced load (one stream with gaps, in which caches
 * and clock frequencies cool down as they do between real requests).
 */
public final class ClosedLoop implements Driver {
  private final LoadLimits share;
  private final long startNanos;
  private final long gapNanos;
  private volatile boolean stopped;

  /**
   * @param limits of all streams together
   * @param startNanos when the first batches begin
   * @param gapNanos idle time after each batch, in nanoseconds
   */
  public ClosedLoop(LoadLimits limits, int streams, long startNanos, long gapNanos) {
    this.share = limits.share(streams);
    this.startNanos = startNanos;
    this.gapNanos = gapNanos;
  }

  @Override
  public void drive(int index, BatchStream stream, LoadLog log, LoadClock clock)
      throws EngineException, TaskException {
    clock.waitUntil(startNanos);
    while (!stopped && !share.reached(clock.nanos() - startNanos, log.count())) {
      if (stream.batch()) {
        log.add(stream.startedNanos(), stream);
      }
      if (gapNanos > 0) {
        clock.waitUntil(clock.nanos() + gapNanos);
      }
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }
}
