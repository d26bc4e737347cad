package io.stagemark.run;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.GateConfig.Inject;
import io.stagemark.config.MeasureSettings;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Stage;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.machine.RssSampler;
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
import java.util.List;
import java.util.Optional;

/**
 * One side of a pair, inside its own JVM: load, warm up, then measure a block of batches whenever
 * the parent gives the word, and wait without work in between.
 *
 * <p>Words come on standard input, a line each, and are answered on standard output when done:
 * {@code warm} warms up, {@code block} measures, {@code end} writes the samples and scores. {@value
 * #LOADED} comes first, unasked: sides load side by side, and do everything else in turns.
 */
public final class BlockTrial {
  /** What every answer begins with; engines may print lines of their own. */
  static final String ANSWER = "@stagemark ";

  static final String LOADED = ANSWER + "loaded";
  static final String DONE = ANSWER + "done";
  static final String WARM = "warm";
  static final String BLOCK = "block";
  static final String END = "end";

  private static final int CALIBRATION_BATCHES = 60;

  private final BlockRequest request;
  private final Path folder;
  private final BufferedReader words;
  private final PrintWriter answers;
  private final Task task;
  private final BusyWork work = new BusyWork();
  private final List<Double> allocatedBytes = new ArrayList<>();

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
    WarmUp.of(loop, measure);
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
      long allocated = JvmActivity.allocatedBytes();
      loop.measure(block, new Extent(0, request.batches()), kept);
      allocatedBytes.add((JvmActivity.allocatedBytes() - allocated) / (double) request.batches());
      blocks.add(block);
      answer(DONE);
    }
  }

  /** The injected work is a share of what the stage takes here and now. */
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
    Samples samples = new Samples(CALIBRATION_BATCHES);
    loop.measure(samples, new Extent(0, CALIBRATION_BATCHES), (example, slot) -> {});
    double stageNanos = HarrellDavis.quantile(samples.of(inject.stage()), 0.5);
    // decode is called once an example, the other stages once a batch
    int calls = inject.stage() == Stage.DECODE ? batch : 1;
    work.last(stageNanos * inject.percent() / 100 / calls);
    for (int i = 0; i < CALIBRATION_BATCHES; i++) {
      loop.discarded(); // the work itself is compiled here
    }
  }

  private void write(List<Samples> blocks, KeptOutputs kept, Scorer scorer, int examples)
      throws IOException, TaskException {
    Footprint footprint = footprint(); // before scoring takes memory of its own
    Samples all = new Samples(blocks.stream().mapToInt(Samples::count).sum());
    for (Samples block : blocks) {
      for (int i = 0; i < block.count(); i++) {
        for (Stage stage : Stage.values()) {
          all.set(stage, block.of(stage)[i]);
        }
        all.next();
      }
    }
    SampleFile.write(folder.resolve(SampleFile.NAME), all);
    List<ExampleResult> scored = kept.score();
    ResultFiles.write(
        folder.resolve(BlockOutcome.FILE),
        new BlockOutcome(
            scorer.finish(),
            scored,
            kept.fingerprint(),
            scored.size() == examples,
            Optional.of(footprint)));
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
