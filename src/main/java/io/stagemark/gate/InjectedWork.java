package io.stagemark.gate;

import io.stagemark.config.gate.GateConfig.Inject;
import io.stagemark.data.Stage;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.stats.HarrellDavis;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.sample.Samples;
import java.util.Optional;

/** A gate's self-test: extra work in one stage, a share of the stage's present time. */
final class InjectedWork {
  private static final int MIN_BATCHES = 20;
  private static final int MAX_BATCHES = 50;
  private static final long NANOS = 50_000_000;

  private final Optional<Inject> inject;
  private final BusyWork work = new BusyWork();

  InjectedWork(Optional<Inject> inject) {
    this.inject = inject;
  }

  /** Returns the session with the work in its forward, where it belongs there. */
  EngineSession in(EngineSession session) {
    boolean here = inject.filter(i -> i.stage() == Stage.FORWARD).isPresent();
    return here ? new BusySession(session, work) : session;
  }

  /** Returns the stages with the work in one of them. */
  TaskSession in(TaskSession stages) {
    return inject.isPresent() ? new BusyTask(stages, inject.get().stage(), work) : stages;
  }

  /**
   * Sets the amount of work, near enough for {@link #adjust}.
   *
   * @param loop of its own: what it visits must still count as a first visit in another
   * @param batch examples in a batch
   * @param fastestNanos how long the fastest batch takes, in nanoseconds, 1 or more
   */
  void calibrate(MeasuredLoop loop, int batch, long fastestNanos)
      throws EngineException, TaskException {
    if (inject.isEmpty()) {
      return;
    }
    Stage stage = inject.get().stage();
    // decode is called once an example, the other stages once a batch
    int calls = stage == Stage.DECODE ? batch : 1;
    int batches = (int) Math.max(MIN_BATCHES, Math.min(MAX_BATCHES, NANOS / fastestNanos));
    BatchLimits limits = new BatchLimits(0, batches);
    Samples without = new Samples(batches);
    loop.measure(without, limits, (example, slot) -> {});
    work.last(p50(without.of(stage)) * share() / calls);
    loop.measure(new Samples(batches), limits, (example, slot) -> {});
    adjust();
  }

  /**
   * Makes the work the wanted share of what the stage has lately taken: batches of a turn take less
   * than those right after the warm-up.
   */
  void adjust() {
    if (inject.isPresent()) {
      work.adjust(share());
    }
  }

  private double share() {
    return inject.orElseThrow().percent() / 100;
  }

  private static double p50(long[] nanos) {
    return HarrellDavis.quantile(nanos, 0.5);
  }
}
