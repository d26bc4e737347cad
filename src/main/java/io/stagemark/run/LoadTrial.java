package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.LoadedModel;
import io.stagemark.report.CaseExamples;
import io.stagemark.report.Circumstances;
import io.stagemark.report.ExampleResult;
import io.stagemark.report.Resources;
import io.stagemark.report.TrialResult.Measured;
import io.stagemark.run.ColdStartLedger.Part;
import io.stagemark.run.MeasuredLoop.Extent;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Observation;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * A trial of a scenario with a load of its own: every stream warms up, the first one visits every
 * example once, then the load is put on.
 *
 * <p>What is scored is that visit, just before the clock starts: keeping outputs under load would
 * hold up the batches behind. Each batch under load is compared with it by fingerprint, so what was
 * timed is proven to be what was scored.
 */
final class LoadTrial implements AutoCloseable {
  private final TrialRequest request;
  private final Task task;
  private final Dataset dataset;
  private final List<ExampleSource> sources;
  private final ColdStartLedger ledger;
  private final CandidateTally candidates = new CandidateTally();
  private final List<LoadStream> streams = new ArrayList<>();

  /**
   * @param ledger of the start, up to the loaded model
   */
  LoadTrial(TrialRequest request, Task task, Dataset dataset, ColdStartLedger ledger) {
    this.request = request;
    this.task = task;
    this.dataset = dataset;
    this.sources = dataset.examples().stream().map(Trial::source).toList();
    this.ledger = ledger;
  }

  /** What came before the load. */
  private record Before(long loadNanos, int warmupBatches, long warmupNanos) {}

  /** Opens the sessions. */
  void open(LoadedModel model) throws EngineException, TaskException {
    int count = LoadScenario.streams(request.measure().load(), request.spec().settings().threads());
    for (int index = 0; index < count; index++) {
      streams.add(LoadStream.open(model, task, request, sources, index));
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
    LoadStream.result(first.submit(() -> first.loop().warmUp(new Extent(0, 1))));
    long firstNanos = ledger.end(Part.FIRST_BATCH);
    TrialObserver observer = new TrialObserver(request.measure().causes(), folder);
    long warmupStart = System.nanoTime();
    int warmupBatches = 1 + warmUp();
    long warmupNanos = firstNanos + System.nanoTime() - warmupStart;
    Scorer scorer = task.scorer(spec.model().task(), first.session().inputs(), request.score());
    KeptOutputs kept = visitEveryExample(scorer);
    observer.begin();
    LoadScenario.Result result = new LoadScenario(streams, request.measure()).run();
    observer.end();
    List<StageLaps> laps = request.measure().subStages() ? subStages(first) : List.of();
    List<ExampleResult> examples = kept.score();
    OutputFiles.write(folder, kept.forParity().stream().map(Observation::outputs).toList());
    SampleFile.write(folder.resolve(SampleFile.NAME), result.load().samples());
    LoadFile.write(folder.resolve(LoadFile.NAME), result.load().rows());
    NativeDigests.write(folder);
    Measured figures =
        measured(result, new Before(loadNanos, warmupBatches, warmupNanos), kept)
            .with(circumstances(observer, result.load().samples()));
    return new TrialOutcome(
        Optional.empty(),
        false,
        Optional.of(figures),
        scorer.finish(),
        scorer.classes(),
        Optional.of(new CaseExamples(spec.id(), spec.model().task().labels().names(), examples)),
        kept.inputFingerprints(),
        first.session().outputs().stream().map(o -> o.name()).toList(),
        Optional.of(new TrialDetail(candidates.figures(), laps)));
  }

  /** Every stream at once, as they will run; returns the batches of all. */
  private int warmUp() throws EngineException, TaskException {
    Extent extent =
        new Extent(
            Math.round(request.measure().warmupSeconds() * 1e9),
            request.measure().warmupBatches() - 1);
    List<Future<Integer>> warming = new ArrayList<>();
    for (LoadStream stream : streams) {
      warming.add(stream.submit(() -> stream.loop().warmUp(extent)));
    }
    int batches = 0;
    for (Future<Integer> each : warming) {
      batches += LoadStream.result(each);
    }
    return batches;
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
            new KeptOutputs.Scope(request.spec().batch(), request.keepOutputs()));
    MeasuredLoop.FirstVisit visit =
        (example, slot) -> {
          kept.keep(example, slot);
          candidates.add(first.stages().prediction(slot));
        };
    Samples discarded = new Samples(examples.size());
    LoadStream.result(first.submit(() -> first.loop().measure(discarded, new Extent(0, 1), visit)));
    streams.subList(1, streams.size()).forEach(s -> s.loop().compareWith(first.loop()));
    return kept;
  }

  private List<StageLaps> subStages(LoadStream stream) throws EngineException, TaskException {
    SubStagePass pass =
        new SubStagePass(stream.session(), stream.stages(), sources, request.spec().batch());
    return LoadStream.result(stream.submit(pass::run));
  }

  private Measured measured(LoadScenario.Result result, Before before, KeptOutputs kept) {
    Load load = result.load();
    int batches = load.rows().rows().size();
    return new Measured(
        before.loadNanos(),
        before.warmupBatches(),
        before.warmupNanos(),
        batches,
        (long) batches * request.spec().batch(),
        load.failedBatches(),
        load.rows().wallNanos(),
        (double) load.allocatedBytes() / batches,
        StageTimes.of(load.samples(), request.measure().totalFrom()),
        kept.fingerprint(),
        streams.stream().mapToLong(s -> s.loop().changedOutputs()).sum(),
        SampleFile.NAME,
        Optional.empty(),
        Optional.of(result.figures()));
  }

  /** What was seen of the machine; the counts of this thread are not those of the streams. */
  private Circumstances circumstances(TrialObserver observer, Samples samples)
      throws EngineException, TaskException, IOException {
    LoadStream first = streams.get(0);
    StageAllocations allocations =
        new StageAllocations(first.session(), first.stages(), sources, request.spec().batch());
    Circumstances seen =
        observer.circumstances(
            samples, LoadStream.result(first.submit(allocations::measure)), ledger.result());
    return new Circumstances(
        seen.before(),
        seen.after(),
        seen.during(),
        seen.causes(),
        seen.resources().map(LoadTrial::withoutThread),
        seen.coldStart());
  }

  private static Resources withoutThread(Resources seen) {
    return new Resources(
        Optional.empty(),
        seen.peakRssBytes(),
        seen.steadyRssBytes(),
        seen.memory(),
        seen.allocatedBytes());
  }

  @Override
  public void close() {
    streams.forEach(LoadStream::close);
  }
}
