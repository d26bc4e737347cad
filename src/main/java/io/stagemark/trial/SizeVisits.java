package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.session.CaseSizes;
import java.util.List;

/**
 * Runs a model at every size that the data set has, before the warm-up, which may end before the
 * last of them: runtimes plan memory, and some compile, in the first forwards of a shape.
 */
public final class SizeVisits {
  /** Some runtimes compile a model anew after its first runs. */
  private static final int ROUNDS = 3;

  private SizeVisits() {}

  /** Visits one example of each size a few times; does nothing for a case of one size. */
  public static void run(
      CaseSpec spec,
      List<Example> examples,
      EngineSession session,
      TaskSession stages,
      TotalFrom totalFrom)
      throws EngineException, TaskException {
    List<ExampleSource> first =
        CaseSizes.of(spec, examples).values().stream()
            .map(ofSize -> Trial.source(ofSize.get(0)))
            .toList();
    if (first.isEmpty()) {
      return;
    }
    MeasuredLoop loop = new MeasuredLoop(session, stages, first, 1, totalFrom);
    for (int i = 0; i < ROUNDS * first.size(); i++) {
      loop.discarded();
    }
  }
}
