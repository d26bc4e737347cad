package io.stagemark.trial;

import io.stagemark.data.Prediction;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.sample.Samples;
import io.stagemark.trial.session.CaseSession;
import java.util.List;

/**
 * Measures a few batches for nothing, before the warm-up: what a first visit keeps for the scores
 * and the proof is compiled then, and not beside the first measured batches. Those are the batches
 * whose times a compiler on the other processor moves.
 */
final class Rehearsal {
  /** The first one compiles the loops, the second one what is called in them. */
  private static final int ROUNDS = 2;

  private static final int MAX_BATCHES = 4;

  /** The JVM's first compiler takes a method after 200 calls. */
  private static final int STAGE_ROUNDS = 250;

  private static final double STAGE_SECONDS = 0.5;

  /** Beside such a first batch it is no matter what is compiled, and eight more are long. */
  private static final long LONG_BATCH_NANOS = 2_000_000_000;

  private Rehearsal() {}

  /**
   * Rehearses, unless no warm-up was asked for; the session's inputs and outputs are overwritten,
   * and nothing is kept.
   *
   * @param batchNanos what the first batch took: after a long one a single batch is rehearsed
   */
  static void of(
      TrialRequest request,
      Task task,
      Dataset dataset,
      EngineSession session,
      TaskSession stages,
      long batchNanos)
      throws TaskException, EngineException {
    double seconds = request.measure().warmup().warmupSeconds();
    if (seconds == 0) {
      return;
    }
    int batch = request.spec().batch();
    boolean isLong = batchNanos > LONG_BATCH_NANOS;
    int batches = isLong ? 1 : MAX_BATCHES;
    List<Example> few = dataset.examples().stream().limit((long) batches * batch).toList();
    List<ExampleSource> sources = few.stream().map(Trial::source).toList();
    List<ExampleSource> readable = List.of();
    for (int round = 0; round < (isLong ? 1 : ROUNDS); round++) {
      Scorer scorer = CaseSession.scorer(task, request.spec(), session, request.score());
      KeptOutputs kept =
          new KeptOutputs(
              few,
              session,
              stages,
              scorer,
              new KeptOutputs.Scope(batch, request.keepOutputs(), !request.score().isEmpty()));
      CandidateTally candidates = new CandidateTally();
      MeasuredLoop loop =
          new MeasuredLoop(session, stages, sources, batch, request.measure().window().totalFrom());
      loop.measure(
          new Samples(2 * MAX_BATCHES),
          new BatchLimits(0, batches),
          (example, slot) -> {
            kept.keep(example, slot);
            Prediction prediction = stages.prediction(slot);
            candidates.add(prediction);
          });
      readable = loop.rotation().readable();
    }
    stages(stages, readable, batch, Math.min(STAGE_SECONDS, seconds));
  }

  /**
   * Repeats the stages around the network without it: a method that is called once a batch would be
   * compiled at the 200th batch, in the middle of what is measured.
   */
  private static void stages(
      TaskSession stages, List<ExampleSource> sources, int batch, double seconds)
      throws TaskException {
    long start = System.nanoTime();
    long most = Math.round(seconds * 1e9);
    for (int i = 0;
        i < STAGE_ROUNDS && !sources.isEmpty() && System.nanoTime() - start < most;
        i++) {
      for (int slot = 0; slot < batch; slot++) {
        stages.decode(slot, sources.get((i * batch + slot) % sources.size()));
      }
      stages.preprocess(batch);
      stages.postprocess(batch);
    }
  }
}
