package io.stagemark.dataset;

import io.stagemark.data.LabelMap;
import io.stagemark.data.NearestName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Class names of a data set to the model's class ids; reports a name that the model lacks, or
 * counts what it is the class of as left out.
 */
final class ClassNames {
  private final Optional<LabelMap> labels;
  private final boolean leaveOut;
  private final FoundProblems problems;
  private final LeftOut leftOut;
  private final Map<String, Integer> idOf = new HashMap<>();

  /**
   * @param labels empty if no model is known: then every name is class 0
   * @param things what has a class, such as {@code images}
   */
  ClassNames(
      Optional<LabelMap> labels, DatasetSettings settings, String things, FoundProblems problems) {
    this.labels = labels;
    this.leaveOut = settings.leavesOutUnknownClasses();
    this.leftOut = new LeftOut(things);
    this.problems = problems;
    List<String> names = labels.map(LabelMap::names).orElse(List.of());
    for (int id = 0; id < names.size(); id++) {
      idOf.putIfAbsent(names.get(id), id);
    }
  }

  /**
   * Returns the class id; empty for an unknown name, which is then reported or left out.
   *
   * @param count how many are of the class
   */
  Optional<Integer> id(String name, String where, int count) {
    leftOut.see(count);
    if (labels.isEmpty()) {
      return Optional.of(0);
    }
    Integer id = idOf.get(name);
    if (id != null) {
      return Optional.of(id);
    }
    if (leaveOut) {
      leftOut.leave(name, count);
      return Optional.empty();
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

  /** Notes what was left out; that nothing is left is a problem. */
  void finish(String where, FoundNotes notes) {
    if (leftOut.isAll()) {
      problems.add(
          where,
          leftOut.note().orElseThrow(),
          "one of the model's %d classes".formatted(labels.orElseThrow().size()),
          "name the classes as the model card's labels do");
    }
    leftOut.note().ifPresent(notes::add);
  }
}
