package io.stagemark.gate;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.MeasureSettings;
import io.stagemark.data.BadInputException;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.machine.Interval.EventKind;
import io.stagemark.machine.RssSampler;
import io.stagemark.machine.SharedCoreProbe;
import io.stagemark.machine.SystemFiles;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.Footprint;
import io.stagemark.result.UnreadableExample;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.spi.Registry;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.SizeVisits;
import io.stagemark.trial.Trial;
import io.stagemark.trial.TrialRequest;
import io.stagemark.trial.loop.AllocationSeries;
import io.stagemark.trial.loop.MeasuredLoop;
import io.stagemark.trial.loop.WarmUp;
import io.stagemark.trial.proof.KeptOutputs;
import io.stagemark.trial.sample.SampleFile;
import io.stagemark.trial.sample.Samples;
import io.stagemark.trial.session.CaseSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One side of a pair, inside its own JVM: load, warm up, then measure a block of batches at each
 * command of the parent, and wait without work in between.
 *
 * <p>Commands come on standard input, a line each, and are answered on standard output when done:
 * {@code warm} warms up, {@code block} measures, {@code end} writes the samples and scores. {@value
 * #LOADED} comes first, unasked: sides load side by side, and do everything else in turns. To
 * {@code block} the answer ends with how many batches so far met no {@link SharedCoreProbe shared
 * core}.
 */
public final class BlockTrial {
  /** The beginning of every answer; engines may print lines of their own. */
  static final String ANSWER = "@stagemark ";

  static final String LOADED = ANSWER + "loaded";
  static final String DONE = ANSWER + "done";
  static final String WARM = "warm";
  static final String BLOCK = "block";
  static final String END = "end";

  /**
   * Unmeasured batches at the start of a turn: the other side has used the caches. Of batches of
   * 0.9 ms the first took 1.3 ms, the second and third 1.0 ms; one batch in 20 would be a p95 of
   * its own.
   */
  private static final int SETTLING_BATCHES = 2;

  private final BlockRequest request;
  private final Path folder;
  private final BufferedReader words;
  private final PrintWriter answers;
  private final Task task;
  private final InjectedWork injected;
  private final BatchProbe probe;
  private final List<BatchProbe.Turn> turns = new ArrayList<>();

  private BlockTrial(BlockRequest request, Path folder, BufferedReader words, PrintWriter answers) {
    this.request = request;
    this.folder = folder;
    this.words = words;
    this.answers = answers;
    this.task =
        Registry.discover(Task.class, BlockTrial.class.getClassLoader())
            .get(request.trial().spec().model().task().task());
    this.injected = new InjectedWork(request.inject());
    this.probe = new BatchProbe(request.trial().spec().settings());
  }

  /**
   * Does what the request in {@code folder} asks until the parent says {@code end} or closes its
   * side.
   *
   * @throws IOException if a file cannot be read or written
   * @throws EngineException if the model cannot be loaded or run
   */
  public static void run(Path folder, BufferedReader words, PrintWriter answers)
      throws IOException, EngineException, TaskException, BadInputException {
    BlockRequest request = ResultFiles.read(folder.resolve(BlockRequest.FILE), BlockRequest.class);
    new BlockTrial(request, folder, words, answers).loaded();
  }

  private void loaded() throws IOException, EngineException, TaskException, BadInputException {
    CaseSpec spec = request.trial().spec();
    Engine engine =
        Registry.discover(Engine.class, BlockTrial.class.getClassLoader()).get(spec.engine());
    ModelFile file = CaseSession.modelFile(spec, engine);
    Dataset dataset = Datasets.open(request.trial().dataset(), spec.model().view());
    engine.start(file, spec.settings());
    try (LoadedModel model = engine.load(file, spec.settings());
        EngineSession session = CaseSession.open(model, spec, engine);
        TaskSession stages = CaseSession.bind(task, spec, session, dataset.examples())) {
      answer(LOADED);
      if (WARM.equals(words.readLine())) {
        takeTurns(injected.in(session), injected.in(stages), dataset);
      }
    }
  }

  private void takeTurns(EngineSession session, TaskSession stages, Dataset dataset)
      throws IOException, EngineException, TaskException {
    TrialRequest trial = request.trial();
    MeasureSettings measure = trial.measure();
    List<ExampleSource> sources = dataset.examples().stream().map(Trial::source).toList();
    int batch = trial.spec().batch();
    MeasuredLoop loop =
        new MeasuredLoop(session, stages, sources, batch, measure.window().totalFrom());
    SizeVisits.run(trial.spec(), dataset.examples(), session, stages, measure.window().totalFrom());
    WarmUp.of(probe.warming(loop), measure);
    requireReadable(loop, dataset);
    injected.calibrate(
        new MeasuredLoop(session, stages, sources, batch, measure.window().totalFrom()),
        batch,
        probe.fastestNanos());
    Scorer scorer = CaseSession.scorer(task, trial.spec(), session, trial.score());
    KeptOutputs kept =
        new KeptOutputs(
            dataset.examples(),
            session,
            stages,
            scorer,
            new KeptOutputs.Scope(batch, 0, !trial.score().isEmpty()));
    System.gc(); // what loading left behind is collected now, not in a measured batch
    answer(DONE);
    for (String word = words.readLine(); word != null; word = words.readLine()) {
      if (word.equals(END)) {
        if (loop.failedBatches() > 0) {
          throw new EngineException(
              "the engine failed on %d batches; ./stagemark run CONFIG reports why"
                  .formatted(loop.failedBatches()));
        }
        requireReadable(loop, dataset);
        write(kept, loop.allocations(), sources.size());
        answer(DONE);
        return;
      }
      BatchProbe.Turn turn = probe.turn(request.batches());
      loop.settle(SETTLING_BATCHES);
      loop.allocations().begin();
      probe.measure(loop, turn, kept);
      loop.allocations().end();
      turns.add(turn);
      probe.learn();
      injected.adjust();
      answer(DONE + " " + turns.stream().mapToInt(BatchProbe.Turn::quietBatches).sum());
    }
  }

  /**
   * Ends the gate as soon as the warm-up has met a picture that cannot be decoded: without some of
   * its examples the verdict would be about another data set.
   */
  public static void requireReadable(MeasuredLoop loop, Dataset dataset) throws TaskException {
    List<UnreadableExample> unreadable = loop.rotation().leftOut(Trial.ids(dataset));
    if (!unreadable.isEmpty()) {
      throw new TaskException(
          "%d of %d examples cannot be decoded, the first is %s (%s): take them out of the data set"
              .formatted(
                  unreadable.size(),
                  dataset.examples().size(),
                  unreadable.get(0).id(),
                  unreadable.get(0).reason()));
    }
  }

  private void write(KeptOutputs kept, AllocationSeries allocations, int examples)
      throws IOException {
    Footprint footprint = footprint(allocations); // before scoring takes memory of its own
    Samples all = new Samples(request.batches() * turns.size());
    long[] bits = new long[all.capacity()];
    for (BatchProbe.Turn turn : turns) {
      for (int i = 0; i < turn.samples().count(); i++) {
        bits[all.count()] = turn.quiet(i) ? 0 : EventKind.SHARED_CORE.bit();
        all.append(turn.samples(), i);
      }
    }
    all.setCauseBits(bits);
    SampleFile.write(folder.resolve(SampleFile.NAME), all);
    List<ExampleResult> scored = kept.score();
    ResultFiles.write(
        folder.resolve(BlockOutcome.FILE),
        new BlockOutcome(
            kept.scores(),
            scored,
            kept.fingerprint(),
            scored.size() == examples,
            Optional.of(footprint),
            probe.levelNanos()));
  }

  private static Footprint footprint(AllocationSeries allocations) {
    return new Footprint(
        RssSampler.peak(SystemFiles.ofThisMachine()),
        allocations.slope().orElseGet(allocations::mean));
  }

  private void answer(String text) {
    answers.println(text);
    answers.flush();
  }
}
