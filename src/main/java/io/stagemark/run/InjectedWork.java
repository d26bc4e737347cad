package io.stagemark.run;

import io.stagemark.config.GateConfig.Inject;
import io.stagemark.data.Stage;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.stats.HarrellDavis;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.util.Optional;

/** A gate's self-test: work in one stage, of a share of what the stage takes here and now. */
final class InjectedWork {
  private static final int FEWEST_BATCHES = 20;
  private static final int MOST_BATCHES = 200;
  private static final long NANOS = 200_000_000;

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
   * Sets how much work it is. How long that lasts is read where it is done, since it shares the
   * caches with the stage.
   *
   * @param loop of its own: what it visits must still count as a first visit in another
   * @param batch examples in a batch
   */
  void calibrate(MeasuredLoop loop, int batch, BatchProbe probe)
      throws EngineException, TaskException {
    if (inject.isEmpty()) {
      return;
    }
    Stage stage = inject.get().stage();
    int batches =
        (int) Math.max(FEWEST_BATCHES, Math.min(MOST_BATCHES, NANOS / probe.fastestNanos()));
    BatchProbe.Turn turn = probe.turn(batches);
    probe.measure(loop, turn, (example, slot) -> {});
    probe.learn();
    double median = HarrellDavis.quantile(turn.quietTimes(turn.samples().of(stage)), 0.5);
    // decode is called once an example, the other stages once a batch
    int calls = stage == Stage.DECODE ? batch : 1;
    double nanos = median * inject.get().percent() / 100 / calls;
    work.last(nanos);
    long[] took = new long[batches];
    for (int i = 0; i < batches; i++) {
      loop.discarded();
      took[i] = work.lastNanos();
    }
    // On a quiet core: with the lower quartile, neighbours may be there half of the time.
    work.scale(nanos, HarrellDavis.quantile(took, 0.25));
  }
}
