package io.stagemark.run.input;

import io.stagemark.config.CaseSpec;
import io.stagemark.config.ModelCard;
import io.stagemark.data.BadInputException;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.dataset.Dataset;
import io.stagemark.engine.Engine;
import io.stagemark.spi.Registry;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import io.stagemark.trial.session.CaseSizes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a model takes every size that the images of a data set give its input, and its card fits
 * the outputs that follow: by the model's file alone, before anything runs.
 */
final class SizeCheck {
  private final Registry<Task> tasks =
      Registry.discover(Task.class, SizeCheck.class.getClassLoader());
  private final Registry<Engine> engines =
      Registry.discover(Engine.class, SizeCheck.class.getClassLoader());

  /**
   * Returns the problems of the first size that has any; none for a model of one size.
   *
   * @param cases of the model
   */
  List<Problem> problems(List<CaseSpec> cases, Dataset dataset, List<String> scores) {
    Set<String> seen = new HashSet<>();
    for (CaseSpec spec : cases) {
      if (seen.add(spec.engine())) {
        for (ImageSize size : CaseSizes.of(spec, dataset.examples()).keySet()) {
          List<Problem> problems = problems(spec, size, scores);
          if (!problems.isEmpty()) {
            return problems;
          }
        }
      }
    }
    return List.of();
  }

  private List<Problem> problems(CaseSpec spec, ImageSize size, List<String> scores) {
    try {
      ModelCard card = CaseSizes.at(spec, engines.get(spec.engine()), size).model();
      tasks
          .get(card.task().task())
          .check(card.task(), card.openInputs(spec.batch()), card.outputs(spec.batch()), scores);
      return List.of();
    } catch (BadInputException e) {
      return e.problems();
    } catch (TaskException e) {
      return List.of(
          new Problem(
              ShownPath.of(spec.model().file()),
              "for an input of %s: %s".formatted(size, e.getMessage()),
              "a card whose decoder, labels and activations fit its outputs",
              e.tryThis().orElse("models/README.md says how")));
    }
  }
}
