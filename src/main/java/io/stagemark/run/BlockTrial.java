package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.GateConfig.Inject;
import io.stagemark.config.MeasureSettings;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.machine.RssSampler;
import io.stagemark.machine.SharedCoreProbe;
import io.stagemark.machine.SystemFiles;
import io.stagemark.report.ExampleResult;
import io.stagemark.report.Footprint;
import io.stagemark.report.ResultFiles;
import io.stagemark.run.MeasuredLoop.Extent;
import io.stagemark.spi.Registry;
import io.stagemark.stats.HarrellDavis;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One side of a pair, inside its own JVM: load, warm up, then measure a block of batches whenever
 * the parent gives the word, and wait without work in between.
 *
 * <p>Words come on standard input, a line each, and are answered on standard output when done:
 * {@code warm} warms up, {@code block} measures, {@code end} writes the samples and scores. {@value
 * #LOADED} comes first, unasked: sides load side by side, and do everything else in turns. To
 * {@code block} the answer ends with how many batches so far met no {@link SharedCoreProbe shared
 * core}.
 */
public final class BlockTrial {
  /** Of {@link SampleFile}'s bits, the one of a core that another shared. */
  static final long SHARED_CORE = 64;

  /** What every answer begins with; engines may print lines of their own. */
  static final String ANSWER = "@stagemark ";

  static final String LOADED = ANSWER + "loaded";
  static final String DONE = ANSWER + "done";
  static final String WARM = "warm";
  static final String BLOCK = "block";
  static final String END = "end";

  private static final int CALIBRATION_BATCHES = 60;
  private static final int MOST_CALIBRATION_BATCHES = 400;
  private static final long CALIBRATION_NANOS = 300_000_000;

  /** Between the ends of longer batches neighbours come and go: a probe there tells nothing. */
  private static final long LONGEST_PROBED_NANOS = 5_000_000;

  /**
   * Unmeasured batches at the start of a turn: the side before has had the caches. Of batches of
   * 0.9 ms the first took 1.3, the second and third 1.0; one batch in 20 would be a p95 of its own.
   */
  private static final int SETTLING_BATCHES = 2;

  private final BlockRequest request;
  private final Path folder;
  private final BufferedReader words;
  private final PrintWriter answers;
  private final Task task;
  private final BusyWork work = new BusyWork();
  private final SharedCoreProbe probe = new SharedCoreProbe();
  private final List<Double> allocatedBytes = new ArrayList<>();
  private final List<long[]> probed = new ArrayList<>();
  private boolean probing;

  private BlockTrial(BlockRequest request, Path folder, BufferedReader words, PrintWriter answers) {
    this.request = request;
    this.folder = folder;
    this.words = words;
    this.answers = answers;
    this.task =
        Registry.discover(Task.class, BlockTrial.class.getClassLoader())
            .get(request.trial().spec().model().task().task());
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
    ModelFile file = Trial.modelFile(spec, engine);
    Dataset dataset = Datasets.open(request.trial().dataset(), spec.model().view());
    engine.start(file, spec.settings());
    try (LoadedModel model = engine.load(file, spec.settings());
        EngineSession session = model.newSession();
        TaskSession stages = Trial.bind(task, spec, session)) {
      answer(LOADED);
      if (WARM.equals(words.readLine())) {
        takeTurns(busy(session), busy(stages), dataset);
      }
    }
  }

  private EngineSession busy(EngineSession session) {
    boolean here = request.inject().filter(i -> i.stage() == Stage.FORWARD).isPresent();
    return here ? new BusySession(session, work) : session;
  }

  private TaskSession busy(TaskSession stages) {
    return request.inject().isPresent()
        ? new BusyTask(stages, request.inject().get().stage(), work)
        : stages;
  }

  private void takeTurns(EngineSession session, TaskSession stages, Dataset dataset)
      throws IOException, EngineException, TaskException {
    TrialRequest trial = request.trial();
    MeasureSettings measure = trial.measure();
    List<ExampleSource> sources = dataset.examples().stream().map(Trial::source).toList();
    MeasuredLoop loop =
        new MeasuredLoop(session, stages, sources, trial.spec().batch(), measure.totalFrom());
    warmUp(loop, measure);
    calibrate(session, stages, sources);
    Scorer scorer = task.scorer(trial.spec().model().task(), session.inputs(), trial.score());
    KeptOutputs kept =
        new KeptOutputs(
            dataset.examples(),
            session,
            stages,
            scorer,
            new KeptOutputs.Scope(trial.spec().batch(), 0));
    System.gc(); // what loading left behind is collected now, not in a measured batch
    List<Samples> blocks = new ArrayList<>();
    answer(DONE);
    for (String word = words.readLine(); word != null; word = words.readLine()) {
      if (word.equals(END)) {
        write(blocks, kept, scorer, sources.size());
        answer(DONE);
        return;
      }
      Samples block = new Samples(request.batches());
      long[] probes = new long[request.batches()];
      loop.settle(SETTLING_BATCHES);
      long allocated = JvmActivity.allocatedBytes();
      turn(loop, block, probes, kept);
      allocatedBytes.add((JvmActivity.allocatedBytes() - allocated) / (double) request.batches());
      blocks.add(block);
      probed.add(probes);
      if (probing) {
        probe.learn();
      }
      answer(DONE + " " + quietBatches());
    }
  }

  /** The probe is compiled, and learns its level, beside the batches that are discarded. */
  private void warmUp(MeasuredLoop loop, MeasureSettings measure)
      throws EngineException, TaskException {
    CaseSpec spec = request.trial().spec();
    boolean oneCore = spec.settings().threads() == 1 && spec.settings().device().equals(Device.CPU);
    if (!oneCore) {
      WarmUp.of(loop, measure);
      return;
    }
    Probed batches = new Probed(loop);
    WarmUp.of(batches, measure);
    probing = batches.fastest < LONGEST_PROBED_NANOS;
  }

  /** Batches of warm-up with a probe behind each. */
  private final class Probed implements WarmUp.Batches {
    private final MeasuredLoop loop;
    private long fastest = Long.MAX_VALUE;

    Probed(MeasuredLoop loop) {
      this.loop = loop;
    }

    @Override
    public int nextExample() {
      return loop.nextExample();
    }

    @Override
    public long discarded() throws EngineException, TaskException {
      long nanos = loop.discarded();
      fastest = Math.min(fastest, nanos);
      probe.take();
      return nanos;
    }
  }

  /** Counts all blocks' again: what was learnt last goes for the first ones too. */
  private long quietBatches() {
    return probed.stream().flatMapToLong(Arrays::stream).filter(probe::quiet).count();
  }

  /** Measures a block, and for each batch the slower probe of the two beside it. */
  private void turn(MeasuredLoop loop, Samples block, long[] probes, KeptOutputs kept)
      throws EngineException, TaskException {
    long before = probing ? probe.take() : 0;
    while (block.count() < probes.length) {
      if (!loop.next(block, kept)) {
        continue;
      }
      long after = probing ? probe.take() : 0;
      probes[block.count() - 1] = Math.max(before, after);
      before = after;
    }
  }

  /**
   * The injected work is a share of what the stage takes here and now; how long it lasts is read
   * where it is done, since it shares the caches with the stage.
   */
  private void calibrate(EngineSession session, TaskSession stages, List<ExampleSource> sources)
      throws EngineException, TaskException {
    if (request.inject().isEmpty()) {
      return;
    }
    Inject inject = request.inject().get();
    int batch = request.trial().spec().batch();
    // A loop of its own: what it visits must still count as a first visit afterwards.
    MeasuredLoop loop =
        new MeasuredLoop(session, stages, sources, batch, request.trial().measure().totalFrom());
    Samples samples = new Samples(MOST_CALIBRATION_BATCHES);
    loop.measure(
        samples, new Extent(CALIBRATION_NANOS, CALIBRATION_BATCHES), (example, slot) -> {});
    double stageNanos = HarrellDavis.quantile(samples.of(inject.stage()), 0.5);
    // decode is called once an example, the other stages once a batch
    int calls = inject.stage() == Stage.DECODE ? batch : 1;
    double nanos = stageNanos * inject.percent() / 100 / calls;
    work.last(nanos);
    long[] took = new long[samples.count()];
    for (int i = 0; i < took.length; i++) {
      loop.discarded();
      took[i] = work.lastNanos();
    }
    work.scale(nanos, HarrellDavis.quantile(took, 0.5));
  }

  private void write(List<Samples> blocks, KeptOutputs kept, Scorer scorer, int examples)
      throws IOException, TaskException {
    Footprint footprint = footprint(); // before scoring takes memory of its own
    Samples all = new Samples(blocks.stream().mapToInt(Samples::count).sum());
    for (Samples block : blocks) {
      for (int i = 0; i < block.count(); i++) {
        all.append(block, i);
      }
    }
    all.setCauseBits(
        probed.stream()
            .flatMapToLong(Arrays::stream)
            .map(nanos -> probe.quiet(nanos) ? 0 : SHARED_CORE)
            .toArray());
    SampleFile.write(folder.resolve(SampleFile.NAME), all);
    List<ExampleResult> scored = kept.score();
    ResultFiles.write(
        folder.resolve(BlockOutcome.FILE),
        new BlockOutcome(
            scorer.finish(),
            scored,
            kept.fingerprint(),
            scored.size() == examples,
            Optional.of(footprint),
            probe.level()));
  }

  private Footprint footprint() {
    double[] sorted = allocatedBytes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Footprint(
        RssSampler.peak(SystemFiles.ofThisMachine()),
        sorted.length == 0 ? 0 : sorted[sorted.length / 2]);
  }

  private void answer(String text) {
    answers.println(text);
    answers.flush();
  }
}
