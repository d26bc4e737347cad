package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.LoadSettings.Scenario;
import io.stagemark.config.ModelCard;
import io.stagemark.data.BadInputException;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Datasets;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.spi.Registry;
import io.stagemark.task.ExampleSource;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.trial.ColdStartLedger.Part;
import io.stagemark.trial.session.CaseSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

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
    ModelFile file = CaseSession.modelFile(spec, engine);
    ledger.end(Part.PROGRAM);
    long start = System.nanoTime();
    try (LoadedModel model = load(engine, file)) {
      return request.stateFile().isPresent()
              || request.measure().load().scenario() == Scenario.SINGLE_STREAM
          ? singleStream(model, start)
          : underLoad(model, start);
    } catch (EngineException | BadInputException e) {
      return TrialOutcome.cannotRun(e);
    }
  }

  private TrialOutcome singleStream(LoadedModel model, long start)
      throws EngineException, BadInputException, IOException {
    try (EngineSession session = CaseSession.open(model, request.spec(), engine)) {
      ledger.end(Part.SESSION);
      long loadNanos = System.nanoTime() - start;
      return request.probe() && request.keepOutputs() == 0
          ? TrialOutcome.probed()
          : loaded(session, loadNanos);
    }
  }

  private TrialOutcome underLoad(LoadedModel model, long start)
      throws EngineException, BadInputException, IOException {
    if (request.probe()) {
      CaseSession.open(model, request.spec(), engine).close();
      return TrialOutcome.probed();
    }
    Dataset dataset = Datasets.open(request.dataset(), request.spec().model().view());
    try (LoadTrial trial = new LoadTrial(request, task, dataset, readsModel, ledger)) {
      trial.open(model, engine);
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
      boolean timed = request.measure().extras().operators();
      return TrialOutcome.profiled(OperatorPass.run(spec, format, timed, folder));
    } catch (EngineException | BadInputException e) {
      return TrialOutcome.cannotRun(e);
    }
  }

  private TrialOutcome loaded(EngineSession session, long loadNanos)
      throws BadInputException, IOException {
    ModelCard card = request.spec().model();
    Dataset dataset = Datasets.open(request.dataset(), card.view());
    try (TaskSession stages = CaseSession.bind(task, request.spec(), session, dataset.examples())) {
      if (request.probe()) {
        FirstOutputs.write(dataset, session, stages, request.spec().batch(), folder);
        return TrialOutcome.probed();
      }
      if (request.stateFile().isPresent()) {
        TrialPhase.begin(folder, TrialPhase.SCORE);
        ScorePass.write(
            ScorePass.run(
                request.spec(),
                request.score(),
                task,
                dataset,
                new ScoringLane(session, stages, false),
                readsModel),
            folder);
        return TrialOutcome.probed();
      }
      SingleStreamTrial trial = new SingleStreamTrial(request, task, dataset, session, stages);
      ledger.end(Part.STAGES);
      return trial.run(new SingleStreamTrial.Start(loadNanos, readsModel, ledger), folder);
    } catch (TaskException | EngineException e) {
      return TrialOutcome.cannotRun(e);
    }
  }

  /** Returns the ids of a data set's examples, in order. */
  public static List<String> ids(Dataset dataset) {
    return dataset.examples().stream().map(Example::id).toList();
  }

  public static ExampleSource source(Example example) {
    return example.isImage()
        ? new ExampleSource.ImageFile(example.source())
        : new ExampleSource.InMemory(example.tensors(), example.startsSequence());
  }
}
