package io.stagemark.dataset;

import io.stagemark.data.LabelMap;
import io.stagemark.data.NearestName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Class names of a data set to the model's class ids; reports a name that the model lacks. */
final class ClassNames {
  private final Optional<LabelMap> labels;
  private final FoundProblems problems;
  private final Map<String, Integer> idOf = new HashMap<>();

  /**
   * @param labels empty if no model is known: then every name is class 0
   */
  ClassNames(Optional<LabelMap> labels, FoundProblems problems) {
    this.labels = labels;
    this.problems = problems;
    List<String> names = labels.map(LabelMap::names).orElse(List.of());
    for (int id = 0; id < names.size(); id++) {
      idOf.putIfAbsent(names.get(id), id);
    }
  }

  /** Returns the class id; empty for an unknown name, which is then reported. */
  Optional<Integer> id(String name, String where) {
    if (labels.isEmpty()) {
      return Optional.of(0);
    }
    Integer id = idOf.get(name);
    if (id != null) {
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
