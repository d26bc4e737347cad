package io.stagemark.trial;

import io.stagemark.config.CaseSpec;
import io.stagemark.dataset.Dataset;
import io.stagemark.engine.EngineException;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.scoring.MergeableState;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.trial.proof.StreamedScores;
import io.stagemark.trial.session.CaseSession;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Scores every example once, in the same kind of JVM and through the same stages as a trial, but
 * times nothing: one shard of a data set. What is in memory does not grow with the examples but for
 * the list of them and the matches that an average precision needs.
 */
final class ScorePass {
  /** The state of the scores, in the folder of the pass. */
  static final String STATE = "scores.state";

  private ScorePass() {}

  /**
   * Runs the pass.
   *
   * @param score names of the scores
   * @param readsModel whether the engine computes: its outputs are no sign of anything otherwise
   * @throws TaskException if the task has no state that can be merged
   */
  static ScoredShare run(
      CaseSpec spec,
      List<String> score,
      Task task,
      Dataset dataset,
      ScoringLane lane,
      boolean readsModel)
      throws EngineException, TaskException {
    Scorer scorer = CaseSession.scorer(task, spec, lane.session(), score);
    MergeableState state =
        scorer
            .state()
            .orElseThrow(
                () ->
                    new TaskException(
                        "task '%s' cannot be scored in parts".formatted(task.name())));
    StreamedScores scores =
        new StreamedScores(
            dataset.examples(),
            lane.session(),
            lane.stages(),
            scorer,
            new StreamedScores.Scope(spec.batch(), !score.isEmpty(), lane.warm()));
    scores.run();
    return new ScoredShare(
        new ScoredPart(
            scores.examples(),
            scores.unreadable(),
            scores.tally().proof(readsModel, spec.model().task().decoder()),
            scores.latencies()),
        state);
  }

  /** Writes the two files of a pass. */
  static void write(ScoredShare found, Path folder) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve(STATE))))) {
      found.state().write(out);
    }
    ResultFiles.write(folder.resolve(ScoredPart.FILE), found.part());
  }
}
