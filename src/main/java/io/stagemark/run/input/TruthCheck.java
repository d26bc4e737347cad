package io.stagemark.run.input;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.data.Problem;
import io.stagemark.data.TensorSpec;
import io.stagemark.dataset.Dataset;
import io.stagemark.dataset.Example;
import io.stagemark.spi.Registry;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks before the first batch that the truth of a data set fits a model's scores: a label out of
 * range would otherwise end the run after everything was measured.
 */
final class TruthCheck {
  private static final int MAX_SHOWN = 20;

  private final Registry<Task> tasks =
      Registry.discover(Task.class, TruthCheck.class.getClassLoader());

  /** Returns the first problems; none for a run without scores. */
  List<Problem> problems(CaseSpec of, Dataset dataset, List<String> scores) {
    List<Problem> problems = new ArrayList<>();
    if (scores.isEmpty()) {
      return problems;
    }
    ModelCard card = of.model();
    try {
      Scorer scorer =
          tasks.get(card.task().task()).scorer(card.task(), card.openInputs(of.batch()), scores);
      for (Example example : dataset.examples()) {
        if (problems.size() < MAX_SHOWN) {
          check(scorer, example, card.outputs(1), problems);
        }
      }
    } catch (TaskException e) {
      problems.add(problem(card.name(), e));
    }
    return problems;
  }

  private static void check(
      Scorer scorer, Example example, List<TensorSpec> outputs, List<Problem> problems) {
    try {
      scorer.check(example.id(), example.truth(), outputs);
    } catch (TaskException e) {
      problems.add(problem(example.file().toString(), e));
    }
  }

  private static Problem problem(String where, TaskException e) {
    return new Problem(
        where,
        String.valueOf(e.getMessage()),
        "truth that fits the model's scores",
        "correct the truth, take the example out of the data set, or ask for no scores");
  }
}
