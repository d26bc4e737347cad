package io.stagemark.config;

import io.stagemark.config.Section.Entry;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.task.Task;
import io.stagemark.task.TaskException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks the task of each model whether its card and the scores go together, before anything runs: a
 * task may have scores that a model cannot have, such as top-5 of two classes.
 */
final class ScoreChecks {
  private final Catalog catalog;
  private final Problems problems;

  ScoreChecks(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  /** Reports what does not fit, each model once. */
  void check(List<CaseSpec> cases, List<Entry<String>> scores) {
    Set<ModelCard> seen = new HashSet<>();
    for (CaseSpec each : cases) {
      String task = each.model().task().task();
      if (catalog.tasks().names().contains(task) && seen.add(each.model())) {
        check(each, catalog.tasks().get(task), scores);
      }
    }
  }

  private void check(CaseSpec of, Task task, List<Entry<String>> scores) {
    ModelCard card = of.model();
    try {
      ask(of, task, List.of());
    } catch (TaskException e) {
      problems.addAll(
          List.of(
              new Problem(
                  ShownPath.of(card.file()),
                  String.valueOf(e.getMessage()),
                  "a card whose decoder, labels and activations fit its outputs",
                  e.tryThis().orElse("models/README.md says how"))));
      return;
    }
    for (Entry<String> score : scores) {
      if (!task.scores().contains(score.value())) {
        continue;
      }
      try {
        ask(of, task, List.of(score.value()));
      } catch (TaskException e) {
        List<String> fitting = fitting(of, task);
        problems.add(
            score.place(),
            "model %s: %s".formatted(card.name(), e.getMessage()),
            fitting.isEmpty() ? "no scores of this model" : "one of: " + String.join(", ", fitting),
            "score: [" + String.join(", ", fitting) + "]");
      }
    }
  }

  private static List<String> fitting(CaseSpec of, Task task) {
    List<String> fitting = new ArrayList<>();
    for (String name : task.scores()) {
      try {
        ask(of, task, List.of(name));
        fitting.add(name);
      } catch (TaskException e) {
        // this model does not have the score, like the requested one
      }
    }
    return fitting;
  }

  private static void ask(CaseSpec of, Task task, List<String> scores) throws TaskException {
    ModelCard card = of.model();
    task.check(card.task(), card.openInputs(of.batch()), card.outputs(of.batch()), scores);
  }
}
