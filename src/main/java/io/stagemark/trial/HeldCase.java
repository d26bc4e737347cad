package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.dataset.Dataset;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.trial.session.CaseSession;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A case whose model stays loaded in this JVM and scores one share of a data set after another, for
 * a host that keeps its JVM: nothing is timed in it. Thread-safe: each thread that scores has a
 * session of its own, and the next share uses a session that is free, so that there are as many
 * sessions as threads that ever scored at once.
 */
public final class HeldCase implements AutoCloseable {
  private final CaseSpec spec;
  private final List<String> score;
  private final Task task;
  private final Engine engine;
  private final LoadedModel model;
  private final Deque<ScoringLane> free = new ArrayDeque<>();

  /**
   * Starts the engine and loads the model.
   *
   * @param score names of the scores
   * @throws EngineException if the engine does not start, or cannot load the model as the case says
   */
  public HeldCase(CaseSpec spec, List<String> score) throws EngineException {
    ClassLoader loader = HeldCase.class.getClassLoader();
    this.engine = Registry.discover(Engine.class, loader).get(spec.engine());
    ModelFile file = CaseSession.modelFile(spec, engine);
    this.spec = spec;
    this.score = List.copyOf(score);
    this.task = Registry.discover(Task.class, loader).get(spec.model().task().task());
    engine.start(file, spec.settings());
    this.model = engine.load(file, spec.settings());
  }

  /**
   * Scores every example of a share once.
   *
   * @throws EngineException if a forward fails
   * @throws TaskException if the task cannot be scored in parts, or tensors have another shape than
   *     the model's input
   */
  public ScoredShare score(Dataset share) throws EngineException, TaskException {
    ScoringLane lane = take(share);
    ScoredShare found;
    try {
      CaseSession.prepare(lane.stages(), share.examples());
      found = ScorePass.run(spec, score, task, share, lane, engine.info().format().isPresent());
    } catch (EngineException | TaskException | RuntimeException | Error e) {
      lane.close(); // what it holds may be half of something
      throw e;
    }
    boolean warm = lane.warm() || found.part().examples() > 0;
    synchronized (free) {
      free.push(new ScoringLane(lane.session(), lane.stages(), warm));
    }
    return found;
  }

  private ScoringLane take(Dataset share) throws EngineException, TaskException {
    synchronized (free) {
      if (!free.isEmpty()) {
        return free.pop();
      }
    }
    EngineSession session = CaseSession.open(model, spec, engine);
    try {
      return new ScoringLane(
          session, CaseSession.bind(task, spec, session, share.examples()), false);
    } catch (TaskException | EngineException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Frees sessions and weights; no share may be in work. */
  @Override
  public void close() {
    synchronized (free) {
      free.forEach(ScoringLane::close);
      free.clear();
    }
    model.close();
  }
}
