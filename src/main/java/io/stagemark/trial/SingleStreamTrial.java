package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.data.Stage;
import io.stagemark.dataset.Dataset;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.result.Circumstances;
import io.stagemark.result.ColdStart;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.Steadiness.JvmWork;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.ColdStartLedger.Part;
import io.stagemark.trial.load.LoadSummary;
import io.stagemark.trial.loop.AllocationSeries;
import io.stagemark.trial.loop.JvmActivity;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.loop.WarmUp;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.proof.WorkProbe;
import io.stagemark.trial.sample.Samples;
import io.stagemark.trial.session.CaseSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trial of one batch after the other: warm up, measure, then everything that would disturb the
 * clock. Used once, by one thread.
 */
final class SingleStreamTrial {
  private final TrialRequest request;
  private final MeasureSettings measure;
  private final Task task;
  private final Dataset dataset;
  private final EngineSession session;
  private final TaskSession stages;
  private final MeasuredLoop loop;
  private final Samples samples;
  private final Scorer scorer;
  private final KeptOutputs kept;
  private final CandidateTally candidates = new CandidateTally();

  /** Creates before the warm-up what would load classes during the first measured batches. */
  SingleStreamTrial(
      TrialRequest request, Task task, Dataset dataset, EngineSession session, TaskSession stages)
      throws TaskException {
    this.request = request;
    this.measure = request.measure();
    this.task = task;
    this.dataset = dataset;
    this.session = session;
    this.stages = stages;
    CaseSpec spec = request.spec();
    loop =
        new MeasuredLoop(
            session,
            stages,
            dataset.examples().stream().map(Trial::source).toList(),
            spec.batch(),
            measure.window().totalFrom());
    samples = new Samples(measure.window().maxBatches());
    scorer = CaseSession.scorer(task, spec, session, request.score());
    kept =
        new KeptOutputs(
            dataset.examples(),
            session,
            stages,
            scorer,
            new KeptOutputs.Scope(spec.batch(), request.keepOutputs(), !request.score().isEmpty()));
  }

  /**
   * What came before the first batch.
   *
   * @param loadNanos what loading the model and opening the session took
   * @param readsModel whether the engine computes: its outputs depend on the inputs then
   * @param ledger of the start, up to the bound stages
   */
  record Start(long loadNanos, boolean readsModel, ColdStartLedger ledger) {}

  /** What the measured window gave besides the samples. */
  private record Window(long wallNanos, JvmWork jvm) {}

  /** Measures, scores and writes the files of the trial. */
  TrialOutcome run(Start start, Path folder) throws EngineException, TaskException, IOException {
    loop.discarded();
    long firstNanos = start.ledger().end(Part.FIRST_BATCH);
    Optional<ColdStart> coldStart = start.ledger().result();
    visitSizes();
    TrialObserver observer = new TrialObserver(measure.extras().causes(), folder);
    TrialPhase.begin(folder, TrialPhase.WARM_UP);
    long[] thread = observer.thread().stream().toArray();
    observer.rehearse(thread);
    rehearse(firstNanos);
    observer.endRehearsal(); // so that its end is warm too
    observer.rehearse(thread);
    WarmUp.Outcome warmup = WarmUp.of(loop, measure);
    observer.endRehearsal();
    TrialPhase.begin(folder, TrialPhase.MEASURE);
    Window window = window(observer);
    List<StageLaps> laps =
        measure.extras().subStages()
            ? new SubStagePass(session, stages, readable(), request.spec().batch()).run()
            : List.of();
    TrialPhase.begin(folder, TrialPhase.SCORE);
    observer.join(samples);
    TrialEnd end = new TrialEnd(request, dataset, start.readsModel(), scorer, kept, session);
    List<ExampleResult> examples = end.write(folder, samples);
    Map<String, Double> byStage = allocations();
    Circumstances circumstances = observer.circumstances(samples.count(), byStage, coldStart);
    TrialEnd.Around around =
        new TrialEnd.Around(
            new Measured.Preparation(
                start.loadNanos(),
                warmup.batches() + 1,
                warmup.nanos() + firstNanos,
                warmup.course()),
            warmup,
            WorkProbe.of(
                session,
                stages,
                readable(),
                request.spec().batch(),
                request.spec().model().fixedInputs()),
            bytesPerBatch(byStage),
            circumstances);
    TrialEnd.Timed timed =
        new TrialEnd.Timed(
            samples,
            List.of(loop),
            window.wallNanos(),
            loop.failedBatches(),
            window.jvm(),
            LoadSummary.singleStream(samples.of(Stage.TOTAL), window.wallNanos()));
    return end.outcome(timed, around, examples, new TrialDetail(candidates.figures(), laps));
  }

  private void visitSizes() throws EngineException, TaskException {
    SizeVisits.run(
        request.spec(), dataset.examples(), session, stages, measure.window().totalFrom());
  }

  private void rehearse(long batchNanos) throws EngineException, TaskException {
    Rehearsal.of(request, task, dataset, session, stages, batchNanos);
    loop.settle(1); // a model that carries state goes on from its own last step
  }

  private Window window(TrialObserver observer) throws EngineException, TaskException {
    // What loading and warming up left behind is collected now, not in a measured batch.
    System.gc();
    observer.begin(observer.thread().stream().toArray());
    JvmWork workBefore = JvmActivity.now();
    long wallNanos =
        loop.measure(
            samples,
            new BatchLimits(
                Math.round(measure.window().minSeconds() * 1e9), measure.window().minBatches()),
            (example, slot) -> {
              kept.keep(example, slot);
              candidates.add(stages.prediction(slot));
            });
    JvmWork jvm = JvmActivity.since(workBefore);
    observer.end();
    return new Window(wallNanos, jvm);
  }

  /** Of too few batches for a slope, the pass that followed them knows more. */
  private double bytesPerBatch(Map<String, Double> byStage) {
    AllocationSeries measured = loop.allocations();
    return byStage.isEmpty()
        ? measured.slope().orElseGet(measured::mean)
        : measured.slope().orElseGet(() -> byStage.values().stream().mapToDouble(b -> b).sum());
  }

  private List<ExampleSource> readable() {
    return loop.rotation().readable();
  }

  private Map<String, Double> allocations() throws EngineException, TaskException {
    return new StageAllocations(session, stages, readable(), request.spec().batch()).measure();
  }
}
