package io.stagemark.dataset;

import io.stagemark.data.LabelMap;
import io.stagemark.data.NearestName;
import java.util.Optional;

/** Class names of a data set to the model's class ids; reports a name that the model lacks. */
final class ClassNames {
  private final Optional<LabelMap> labels;
  private final FoundProblems problems;

  /**
   * @param labels empty if no model is known: then every name is class 0
   */
  ClassNames(Optional<LabelMap> labels, FoundProblems problems) {
    this.labels = labels;
    this.problems = problems;
  }

  /** Returns the class id; empty for an unknown name, which is then reported. */
  Optional<Integer> id(String name, String where) {
    if (labels.isEmpty()) {
      return Optional.of(0);
    }
    int id = labels.get().names().indexOf(name);
    if (id >= 0) {
      return Optional.of(id);
    }
    problems.add(
        where,
        "the class '" + name + "', which the model does not have",
        "one of the model's " + labels.get().size() + " classes",
        NearestName.of(name, labels.get().names())
            .or(() -> labels.get().names().stream().findFirst())
            .map(near -> "such as " + near)
            .orElse("labels: [" + name + "] in the model card"));
    return Optional.empty();
  }
}
