package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Example;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.LoadedModel;
import io.stagemark.report.CaseExamples;
import io.stagemark.report.ExampleResult;
import io.stagemark.report.TrialResult.Measured;
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
  private final List<LoadStream> streams = new ArrayList<>();

  LoadTrial(TrialRequest request, Task task, Dataset dataset) {
    this.request = request;
    this.task = task;
    this.dataset = dataset;
  }

  /**
   * Opens the sessions, measures, scores and writes the files of the trial.
   *
   * @param loadNanos what loading the model took
   */
  TrialOutcome run(LoadedModel model, long loadNanos, Path folder)
      throws EngineException, TaskException, IOException {
    CaseSpec spec = request.spec();
    MeasureSettings measure = request.measure();
    List<ExampleSource> sources = dataset.examples().stream().map(Trial::source).toList();
    int count = LoadScenario.streams(measure.load(), spec.settings().threads());
    for (int index = 0; index < count; index++) {
      streams.add(LoadStream.open(model, task, request, sources, index));
    }
    long warmupStart = System.nanoTime();
    int warmupBatches = warmUp();
    long warmupNanos = System.nanoTime() - warmupStart;
    Scorer scorer =
        task.scorer(spec.model().task(), streams.get(0).session().inputs(), request.score());
    KeptOutputs kept = visitEveryExample(scorer);
    LoadScenario.Result result = new LoadScenario(streams, measure).run();
    List<ExampleResult> examples = kept.score();
    OutputFiles.write(folder, kept.forParity().stream().map(Observation::outputs).toList());
    SampleFile.write(folder.resolve(SampleFile.NAME), result.load().samples());
    LoadFile.write(folder.resolve(LoadFile.NAME), result.load().rows());
    return new TrialOutcome(
        Optional.empty(),
        false,
        Optional.of(measured(result, new Before(loadNanos, warmupBatches, warmupNanos), kept)),
        scorer.finish(),
        scorer.classes(),
        Optional.of(new CaseExamples(spec.id(), spec.model().task().labels().names(), examples)),
        kept.inputFingerprints(),
        streams.get(0).session().outputs().stream().map(o -> o.name()).toList());
  }

  /** What came before the load. */
  private record Before(long loadNanos, int warmupBatches, long warmupNanos) {}

  /** Every stream at once, as they will run; returns the batches of all. */
  private int warmUp() throws EngineException, TaskException {
    Extent extent =
        new Extent(
            Math.round(request.measure().warmupSeconds() * 1e9), request.measure().warmupBatches());
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
    LoadStream.result(
        first.submit(
            () -> first.loop().measure(new Samples(examples.size()), new Extent(0, 1), kept)));
    streams.subList(1, streams.size()).forEach(s -> s.loop().compareWith(first.loop()));
    return kept;
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
        Optional.of(result.figures()));
  }

  @Override
  public void close() {
    streams.forEach(LoadStream::close);
  }
}
