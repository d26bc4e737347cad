package io.stagemark.run;

import com.sun.management.ThreadMXBean;
import io.stagemark.config.CaseSpec;
import io.stagemark.config.LoadSettings.Scenario;
import io.stagemark.config.MeasureSettings;
import io.stagemark.config.ModelArtifact;
import io.stagemark.config.ModelCard;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.data.Tensor;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.report.CaseExamples;
import io.stagemark.report.Circumstances;
import io.stagemark.report.ColdStart;
import io.stagemark.report.ExampleResult;
import io.stagemark.report.ResultFiles;
import io.stagemark.report.Steadiness.JvmWork;
import io.stagemark.report.TrialProof;
import io.stagemark.report.TrialResult.Measured;
import io.stagemark.run.ColdStartLedger.Part;
import io.stagemark.run.MeasuredLoop.Extent;
import io.stagemark.run.load.LoadSummary;
import io.stagemark.spi.Registry;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One trial, inside its own JVM: load, warm up, measure, score, write down. */
public final class Trial {
  private final TrialRequest request;
  private final Path folder;
  private final Task task;
  private final ColdStartLedger ledger = new ColdStartLedger();
  private final Engine engine;
  private final boolean readsModel;

  private Trial(TrialRequest request, Path folder) {
    this.request = request;
    this.folder = folder;
    this.task =
        Registry.discover(Task.class, Trial.class.getClassLoader())
            .get(request.spec().model().task().task());
    this.engine =
        Registry.discover(Engine.class, Trial.class.getClassLoader()).get(request.spec().engine());
    this.readsModel = engine.info().format().isPresent();
  }

  /**
   * Does what the request in {@code folder} asks and writes the outcome there. A model that cannot
   * be loaded or run is an outcome too.
   *
   * @throws IOException if the folder cannot be read or written
   */
  public static void run(Path folder) throws IOException {
    TrialRequest request = ResultFiles.read(folder.resolve(TrialRequest.FILE), TrialRequest.class);
    ResultFiles.write(folder.resolve(TrialOutcome.FILE), new Trial(request, folder).outcome());
  }

  private TrialOutcome outcome() throws IOException {
    CaseSpec spec = request.spec();
    if (request.operators()) {
      return operatorPass(spec);
    }
    TrialPhase.begin(folder, TrialPhase.LOAD);
    ModelFile file = modelFile(spec, engine);
    ledger.end(Part.PROGRAM);
    long start = System.nanoTime();
    try (LoadedModel model = load(engine, file)) {
      return request.measure().load().scenario() == Scenario.SINGLE_STREAM
          ? singleStream(model, start)
          : underLoad(model, start);
    } catch (EngineException | BadInputException e) {
      return TrialOutcome.cannotRun(e);
    }
  }

  private TrialOutcome singleStream(LoadedModel model, long start)
      throws EngineException, BadInputException, IOException {
    try (EngineSession session = model.newSession()) {
      ledger.end(Part.SESSION);
      long loadNanos = System.nanoTime() - start;
      return request.probe() ? TrialOutcome.probed() : loaded(session, loadNanos);
    }
  }

  private TrialOutcome underLoad(LoadedModel model, long start)
      throws EngineException, BadInputException, IOException {
    if (request.probe()) {
      model.newSession().close();
      return TrialOutcome.probed();
    }
    Dataset dataset = Datasets.open(request.dataset(), request.spec().model().view());
    try (LoadTrial trial = new LoadTrial(request, task, dataset, readsModel, ledger)) {
      trial.open(model);
      return trial.run(System.nanoTime() - start, folder);
    } catch (TaskException e) {
      return TrialOutcome.cannotRun(e);
    }
  }

  private LoadedModel load(Engine engine, ModelFile file) throws EngineException {
    engine.start(file, request.spec().settings());
    ledger.end(Part.ENGINE);
    LoadedModel model = engine.load(file, request.spec().settings());
    ledger.end(Part.MODEL);
    return model;
  }

  private TrialOutcome operatorPass(CaseSpec spec) throws IOException {
    String format = engine.info().format().orElse("");
    try {
      boolean timed = request.measure().operators();
      return TrialOutcome.profiled(OperatorPass.run(spec, format, timed, folder));
    } catch (EngineException | BadInputException e) {
      return TrialOutcome.cannotRun(e);
    }
  }

  static ModelFile modelFile(CaseSpec spec, Engine engine) {
    ModelCard card = spec.model();
    Optional<Path> path = engine.info().format().map(card.files()::get).map(ModelArtifact::path);
    return new ModelFile(card.name(), path, card.inputs(spec.batch()), card.outputs(spec.batch()));
  }

  private TrialOutcome loaded(EngineSession session, long loadNanos)
      throws BadInputException, IOException {
    ModelCard card = request.spec().model();
    Dataset dataset = Datasets.open(request.dataset(), card.view());
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < session.inputs().size(); i++) {
      inputs.add(session.input(i));
    }
    try (TaskSession stages = task.bind(card.task(), inputs, session.outputs(), session::output)) {
      ledger.end(Part.STAGES);
      return measured(session, stages, dataset, loadNanos);
    } catch (TaskException | EngineException e) {
      return TrialOutcome.cannotRun(e);
    }
  }

  private TrialOutcome measured(
      EngineSession session, TaskSession stages, Dataset dataset, long loadNanos)
      throws TaskException, EngineException, IOException {
    CaseSpec spec = request.spec();
    MeasureSettings measure = request.measure();
    List<ExampleSource> sources = dataset.examples().stream().map(Trial::source).toList();
    MeasuredLoop loop =
        new MeasuredLoop(session, stages, sources, spec.batch(), measure.totalFrom());
    loop.discarded();
    long firstNanos = ledger.end(Part.FIRST_BATCH);
    Optional<ColdStart> coldStart = ledger.result();
    TrialObserver observer = new TrialObserver(measure.causes(), folder);
    // Made before the warm-up: the classes they load would be compiled beside the first batches.
    Samples samples = new Samples(measure.maxBatches());
    Scorer scorer = task.scorer(spec.model().task(), session.inputs(), request.score());
    KeptOutputs kept =
        new KeptOutputs(
            dataset.examples(),
            session,
            stages,
            scorer,
            new KeptOutputs.Scope(spec.batch(), request.keepOutputs()));
    CandidateTally candidates = new CandidateTally();
    TrialPhase.begin(folder, TrialPhase.WARM_UP);
    WarmUp.Outcome warmup = WarmUp.of(loop, measure);
    TrialPhase.begin(folder, TrialPhase.MEASURE);
    // What loading and warming up left behind is collected now, not in a measured batch.
    System.gc();
    observer.begin();
    JvmWork workBefore = JvmActivity.now();
    long allocatedBefore = allocatedBytes();
    long wallNanos =
        loop.measure(
            samples,
            new Extent(nanos(measure.minSeconds()), measure.minBatches()),
            (example, slot) -> {
              kept.keep(example, slot);
              candidates.add(stages.prediction(slot));
            });
    long allocated = allocatedBytes() - allocatedBefore;
    JvmWork measuring = JvmActivity.since(workBefore);
    observer.end();
    List<StageLaps> laps =
        measure.subStages()
            ? new SubStagePass(session, stages, sources, spec.batch()).run()
            : List.of();
    TrialPhase.begin(folder, TrialPhase.SCORE);
    List<ExampleResult> examples = kept.score();
    OutputFiles.write(folder, kept.forParity().stream().map(Observation::outputs).toList());
    SampleFile.write(folder.resolve(SampleFile.NAME), samples);
    Map<String, Double> allocatedBytes =
        new StageAllocations(session, stages, sources, spec.batch()).measure();
    NativeDigests.write(folder);
    Circumstances circumstances = observer.circumstances(samples, allocatedBytes, coldStart);
    WorkProbe.Seen probe = WorkProbe.of(session, stages, sources, spec.batch());
    TrialProof proof =
        new TrialProof(
            TrialChecks.steadiness(warmup, samples, measuring),
            TrialChecks.work(readsModel, kept.shared(), loop.staleOutputs(), probe),
            ClockProbe.prove(samples, measure.totalFrom()),
            SlowBatches.of(samples, dataset.examples(), spec.batch()));
    return new TrialOutcome(
        Optional.empty(),
        false,
        Optional.of(
            new Measured(
                loadNanos,
                warmup.batches() + 1,
                warmup.nanos() + firstNanos,
                samples.count(),
                (long) samples.count() * spec.batch(),
                loop.failedBatches(),
                wallNanos,
                (double) allocated / Math.max(1, samples.count()),
                StageTimes.of(samples, measure.totalFrom()),
                kept.fingerprint(),
                loop.changedOutputs(),
                SampleFile.NAME,
                Optional.of(circumstances),
                Optional.of(proof),
                Optional.of(LoadSummary.singleStream(samples.of(Stage.TOTAL), wallNanos)))),
        scorer.finish(),
        scorer.classes(),
        Optional.of(new CaseExamples(spec.id(), spec.model().task().labels().names(), examples)),
        kept.inputFingerprints(),
        session.outputs().stream().map(o -> o.name()).toList(),
        Optional.of(new TrialDetail(candidates.figures(), laps)),
        Optional.empty());
  }

  static ExampleSource source(Example example) {
    return example.tensors().isEmpty()
        ? new ExampleSource.ImageFile(example.file())
        : new ExampleSource.InMemory(example.tensors(), example.startsSequence());
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
