package io.stagemark.trial;

import io.stagemark.data.Stage;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.util.ArrayList;
import java.util.List;

/**
 * Where time goes inside preprocess and postprocess: a pass of its own after the measured batches,
 * in the same JVM and over the same examples, with a probe in each stage. None of its times is in
 * any other figure, so asking for it changes none.
 *
 * <p>It takes each example once, and at least {@value #MIN_BATCHES} batches (enough for a p90),
 * after {@value #WARMUP_BATCHES} that are discarded: code that was compiled without a probe is
 * compiled again. A batch that the engine fails on is left out.
 */
final class SubStagePass {
  static final int MIN_BATCHES = 64;
  static final int WARMUP_BATCHES = 16;

  private final EngineSession session;
  private final TaskSession stages;
  private final List<ExampleSource> sources;
  private final int batch;
  private final int batches;
  private final LapRecorder preprocess;
  private final LapRecorder postprocess;
  private final List<Long> preprocessNanos = new ArrayList<>();
  private final List<Long> postprocessNanos = new ArrayList<>();

  /**
   * @param stages the stages, which time their sub-stages from now on
   * @param batch examples in a forward
   */
  SubStagePass(EngineSession session, TaskSession stages, List<ExampleSource> sources, int batch) {
    this.session = session;
    this.stages = stages;
    this.sources = sources;
    this.batch = batch;
    this.batches = Math.max(MIN_BATCHES, (sources.size() + batch - 1) / batch);
    // one more: the batch after the last
    this.preprocess = new LapRecorder(Math.max(batches, WARMUP_BATCHES) + 1);
    this.postprocess = new LapRecorder(Math.max(batches, WARMUP_BATCHES) + 1);
    stages.measureSubStages(preprocess, postprocess);
  }

  /** Returns the stages that have sub-stages. */
  List<StageLaps> run() throws TaskException {
    for (int i = 0; i < WARMUP_BATCHES; i++) {
      timed(i);
    }
    List.of(preprocess, postprocess).forEach(LapRecorder::clear);
    List.of(preprocessNanos, postprocessNanos).forEach(List::clear);
    for (int i = 0; i < batches; i++) {
      timed(i);
    }
    return List.of(
            new StageLaps(Stage.PREPROCESS.label(), preprocessNanos, preprocess.laps()),
            new StageLaps(Stage.POSTPROCESS.label(), postprocessNanos, postprocess.laps()))
        .stream()
        .filter(stage -> !stage.lapNanos().isEmpty() && !stage.wholeNanos().isEmpty())
        .toList();
  }

  private void timed(int index) throws TaskException {
    for (int slot = 0; slot < batch; slot++) {
      stages.decode(slot, sources.get((index * batch + slot) % sources.size()));
    }
    long preprocessStart = System.nanoTime();
    stages.preprocess(batch);
    long preprocessEnd = System.nanoTime();
    try {
      session.forward();
    } catch (EngineException e) {
      preprocess.dropBatch(); // such failures were counted in the measured batches
      return;
    }
    long postprocessStart = System.nanoTime();
    stages.postprocess(batch);
    long postprocessEnd = System.nanoTime();
    preprocessNanos.add(preprocessEnd - preprocessStart);
    postprocessNanos.add(postprocessEnd - postprocessStart);
    preprocess.nextBatch();
    postprocess.nextBatch();
  }
}
