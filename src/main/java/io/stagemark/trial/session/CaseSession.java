package io.stagemark.trial.session;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelArtifact;
import io.stagemark.config.ModelCard;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Example;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.task.DerivedInputs;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Opens the session of a case and binds its stages, whether its images have one size or many. */
public final class CaseSession {
  private CaseSession() {}

  /** Returns what an engine gets of a case's model. */
  public static ModelFile modelFile(CaseSpec spec, Engine engine) {
    ModelCard card = spec.model();
    Optional<Path> path = engine.info().format().map(card.files()::get).map(ModelArtifact::path);
    return new ModelFile(
        card.name(), path, card.inputs(spec.batch()), card.outputs(spec.batch()), card.values());
  }

  /**
   * Opens a session. Where each image gives the input its size, no size is open before {@link
   * #bind}.
   *
   * @throws EngineException if the model does not take the card's inputs
   */
  public static EngineSession open(LoadedModel model, CaseSpec spec, Engine engine)
      throws EngineException {
    return spec.model().sizesByImage() ? new SizedSession(model, spec, engine) : model.newSession();
  }

  /**
   * Binds the stages of a case.
   *
   * @param session from {@link #open}
   * @param examples whose images will be decoded: where they give the input its size, a session is
   *     opened for each size of them
   * @throws EngineException if the model cannot be opened for one of the sizes
   */
  public static TaskSession bind(
      Task task, CaseSpec spec, EngineSession session, List<Example> examples)
      throws TaskException, EngineException {
    if (!(session instanceof SizedSession sized)) {
      return bind(task, spec, session);
    }
    SizedStages stages = new SizedStages(task, sized);
    try {
      stages.prepare(examples);
      return stages;
    } catch (TaskException | EngineException | RuntimeException e) {
      stages.close();
      throw e;
    }
  }

  /** Binds the stages to the session of one size. */
  static TaskSession bind(Task task, CaseSpec spec, EngineSession session) throws TaskException {
    TaskSettings settings = spec.model().task();
    List<Tensor> all =
        IntStream.range(0, session.inputs().size()).mapToObj(session::input).toList();
    List<Tensor> open = FixedInputs.fill(spec.model(), all);
    TaskSession stages = task.bind(settings, open, session.outputs(), session::output);
    List<Tensor> derived =
        all.stream().filter(it -> settings.derived().containsKey(it.spec().name())).toList();
    if (derived.isEmpty()) {
      return stages;
    }
    try {
      return DerivedInputs.bind(stages, settings, open.get(0).spec(), derived);
    } catch (TaskException e) {
      stages.close();
      throw e;
    }
  }

  /**
   * Gets stages ready for further examples: sizes that they are the first to have are opened.
   *
   * @param stages from {@link #bind}
   */
  public static void prepare(TaskSession stages, List<Example> examples)
      throws TaskException, EngineException {
    if (stages instanceof SizedStages sized) {
      sized.prepare(examples);
    }
  }

  /**
   * Returns the scorer of a case.
   *
   * @throws TaskException for a score that the model cannot have: where the card leaves an extent
   *     of an output open, only the session shows that
   */
  public static Scorer scorer(Task task, CaseSpec spec, EngineSession session, List<String> scores)
      throws TaskException {
    TaskSettings settings = spec.model().task();
    Set<String> fixed = spec.model().fixedInputs();
    List<TensorSpec> open =
        session.inputs().stream().filter(input -> !fixed.contains(input.name())).toList();
    task.check(settings, open, session.outputs(), scores);
    // a session of many sizes shows the last one alone
    return task.scorer(
        settings,
        spec.model().sizesByImage() ? spec.model().openInputs(spec.batch()) : open,
        scores);
  }
}
