package io.stagemark.dataset;

import io.stagemark.data.LabelMap;
import io.stagemark.data.NearestName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The model's class of each true object by its name. An object of a class that the model does not
 * have is a problem, or is left out and counted, as {@code dataset.unknownClasses} says.
 */
public final class KnownClasses {
  private final Optional<LabelMap> labels;
  private final boolean leaveOut;
  private final FoundProblems problems;
  private final LeftOut leftOut = new LeftOut("objects");
  private final Map<String, Integer> idOf = new HashMap<>();

  /**
   * @param labels the model's; empty if no model is known: then every name is class 0
   */
  public KnownClasses(Optional<LabelMap> labels, DatasetSettings settings, FoundProblems problems) {
    this.labels = labels;
    this.leaveOut = settings.leavesOutUnknownClasses();
    this.problems = problems;
    List<String> names = labels.map(LabelMap::names).orElse(List.of());
    for (int id = 0; id < names.size(); id++) {
      idOf.putIfAbsent(names.get(id), id);
    }
  }

  /**
   * Returns the class of one object; empty if the model does not have it.
   *
   * @param where the object's place, for a problem
   */
  public OptionalInt of(String name, String where) {
    leftOut.see(1);
    if (labels.isEmpty()) {
      return OptionalInt.of(0);
    }
    Integer id = idOf.get(name);
    if (id != null) {
      return OptionalInt.of(id);
    }
    List<String> known = labels.get().names();
    if (leaveOut) {
      leftOut.leave(name, 1);
    } else {
      problems.add(
          where,
          "the class '" + name + "', which the model does not have",
          "one of the model's " + known.size() + " classes",
          NearestName.of(name, known)
              .map(near -> "such as " + near)
              .orElse(
                  "dataset.unknownClasses: leave-out, or the name that the card's labels have"));
    }
    return OptionalInt.empty();
  }

  /** Notes what was left out; that nothing is left is a problem. */
  public void finish(String where, FoundNotes notes) {
    if (leftOut.isAll()) {
      problems.add(
          where,
          leftOut.note().orElseThrow(),
          "an object of one of the model's %d classes".formatted(labels.orElseThrow().size()),
          "name the classes as the model card's labels do");
    }
    leftOut.note().ifPresent(notes::add);
  }
}
