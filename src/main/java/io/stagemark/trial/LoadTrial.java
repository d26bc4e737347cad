package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.LoadedModel;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.result.WorkProof;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.trial.ColdStartLedger.Part;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.MeasuredLoop.BatchLimits;
import io.stagemark.trial.loop.WarmUp;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.proof.WorkProbe;
import io.stagemark.trial.sample.LoadFile;
import io.stagemark.trial.sample.Samples;
import io.stagemark.trial.session.CaseSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * A trial of a scenario with a load of its own: every stream warms up, the first one visits every
 * example once, then the load is applied.
 *
 * <p>What is scored is that visit, just before the clock starts: keeping outputs under load would
 * hold up the batches behind. Each batch under load is compared with it by fingerprint, so what was
 * timed is proven to be what was scored.
 */
final class LoadTrial implements AutoCloseable {
  private final TrialRequest request;
  private final Task task;
  private final Dataset dataset;
  private final boolean readsModel;
  private final ColdStartLedger ledger;
  private final CandidateTally candidates = new CandidateTally();
  private final List<LoadStream> streams = new ArrayList<>();

  /**
   * @param readsModel whether the engine computes: its outputs depend on the inputs then
   * @param ledger of the start, up to the loaded model
   */
  LoadTrial(
      TrialRequest request,
      Task task,
      Dataset dataset,
      boolean readsModel,
      ColdStartLedger ledger) {
    this.request = request;
    this.readsModel = readsModel;
    this.task = task;
    this.dataset = dataset;
    this.ledger = ledger;
  }

  /** Opens the sessions. */
  void open(LoadedModel model, Engine engine) throws EngineException, TaskException {
    int count = LoadScenario.streams(request.measure().load(), request.spec().settings().threads());
    List<ExampleSource> sources = dataset.examples().stream().map(Trial::source).toList();
    for (int index = 0; index < count; index++) {
      streams.add(
          LoadStream.open(
              CaseSession.open(model, request.spec(), engine),
              task,
              request,
              dataset.examples(),
              sources,
              index));
    }
    ledger.end(Part.SESSION);
  }

  /**
   * Measures, scores and writes the files of the trial.
   *
   * @param loadNanos what loading the model and opening the sessions took
   */
  TrialOutcome run(long loadNanos, Path folder) throws EngineException, TaskException, IOException {
    CaseSpec spec = request.spec();
    LoadStream first = streams.get(0);
    ledger.end(Part.STAGES);
    LoadStream.result(first.submit(() -> first.loop().discarded()));
    long firstNanos = ledger.end(Part.FIRST_BATCH);
    TrialObserver observer = new TrialObserver(request.measure().extras().causes(), folder);
    Scorer scorer = CaseSession.scorer(task, spec, first.session(), request.score());
    TrialPhase.begin(folder, TrialPhase.WARM_UP);
    List<WarmUp.Outcome> warmups = warmUp();
    KeptOutputs kept = visitEveryExample(scorer);
    TrialPhase.begin(folder, TrialPhase.MEASURE);
    List<Long> threads = new ArrayList<>();
    for (LoadStream stream : streams) {
      LoadStream.result(stream.submit(observer::thread)).ifPresent(threads::add);
    }
    observer.begin(threads.stream().mapToLong(Long::longValue).toArray());
    LoadScenario.Result result = new LoadScenario(streams, request.measure()).run();
    observer.end();
    observer.measuredBy(result.load().threads());
    TrialPhase.begin(folder, TrialPhase.SCORE);
    Samples samples = result.load().samples();
    observer.join(samples);
    WorkProof.Probes probes = worstProbes();
    List<StageLaps> laps = request.measure().extras().subStages() ? subStages(first) : List.of();
    TrialEnd end = new TrialEnd(request, dataset, readsModel, scorer, kept, first.session());
    List<ExampleResult> examples = end.write(folder, samples);
    LoadFile.write(folder.resolve(LoadFile.NAME), result.load().rows());
    TrialEnd.Around around =
        new TrialEnd.Around(
            preparation(loadNanos, firstNanos, warmups),
            WarmUp.Outcome.last(warmups),
            probes,
            result.load().bytesPerBatch(),
            observer.circumstances(samples.count(), allocations(), ledger.result()));
    return end.outcome(
        timed(result), around, examples, new TrialDetail(candidates.figures(), laps));
  }

  private static Measured.Preparation preparation(
      long loadNanos, long firstNanos, List<WarmUp.Outcome> warmups) {
    return new Measured.Preparation(
        loadNanos,
        1 + warmups.stream().mapToInt(WarmUp.Outcome::batches).sum(),
        firstNanos + warmups.stream().mapToLong(WarmUp.Outcome::nanos).max().orElse(0),
        WarmUp.Outcome.last(warmups).course());
  }

  private TrialEnd.Timed timed(LoadScenario.Result result) {
    return new TrialEnd.Timed(
        result.load().samples(),
        streams.stream().map(LoadStream::loop).toList(),
        result.load().rows().wallNanos(),
        result.load().failedBatches(),
        result.load().jvm(),
        result.figures());
  }

  /** Every stream at once, as they will run. */
  private List<WarmUp.Outcome> warmUp() throws EngineException, TaskException {
    List<Future<WarmUp.Outcome>> warming = new ArrayList<>();
    for (LoadStream stream : streams) {
      warming.add(stream.submit(() -> warmUp(stream)));
    }
    List<WarmUp.Outcome> outcomes = new ArrayList<>();
    for (Future<WarmUp.Outcome> each : warming) {
      outcomes.add(LoadStream.result(each));
    }
    return outcomes;
  }

  private WarmUp.Outcome warmUp(LoadStream stream) throws EngineException, TaskException {
    SizeVisits.run(
        request.spec(),
        dataset.examples(),
        stream.session(),
        stream.stages(),
        request.measure().window().totalFrom());
    return WarmUp.of(stream.loop(), request.measure());
  }

  private KeptOutputs visitEveryExample(Scorer scorer) throws EngineException, TaskException {
    LoadStream first = streams.get(0);
    List<Example> examples = dataset.examples();
    KeptOutputs kept =
        new KeptOutputs(
            examples,
            first.session(),
            first.stages(),
            scorer,
            new KeptOutputs.Scope(
                request.spec().batch(), request.keepOutputs(), !request.score().isEmpty()));
    MeasuredLoop.FirstVisit visit =
        (example, slot) -> {
          kept.keep(example, slot);
          candidates.add(first.stages().prediction(slot));
        };
    Samples discarded = new Samples(examples.size());
    LoadStream.result(
        first.submit(() -> first.loop().measure(discarded, new BatchLimits(0, 1), visit)));
    streams.subList(1, streams.size()).forEach(s -> s.loop().compareWith(first.loop()));
    return kept;
  }

  private List<StageLaps> subStages(LoadStream stream) throws EngineException, TaskException {
    SubStagePass pass =
        new SubStagePass(
            stream.session(), stream.stages(), readable(stream), request.spec().batch());
    return LoadStream.result(stream.submit(pass::run));
  }

  /** Returns the findings of the stream with the worst ones. */
  private WorkProof.Probes worstProbes() throws EngineException, TaskException {
    List<WorkProof.Probes> probes = new ArrayList<>();
    for (LoadStream stream : streams) {
      probes.add(
          LoadStream.result(
              stream.submit(
                  () ->
                      WorkProbe.of(
                          stream.session(),
                          stream.stages(),
                          readable(stream),
                          request.spec().batch(),
                          request.spec().model().fixedInputs()))));
    }
    return WorkProof.Probes.worst(probes);
  }

  private static List<ExampleSource> readable(LoadStream stream) {
    return stream.loop().rotation().readable();
  }

  private Map<String, Double> allocations() throws EngineException, TaskException {
    LoadStream first = streams.get(0);
    StageAllocations allocations =
        new StageAllocations(
            first.session(), first.stages(), readable(first), request.spec().batch());
    return LoadStream.result(first.submit(allocations::measure));
  }

  @Override
  public void close() {
    streams.forEach(LoadStream::close);
  }
}
