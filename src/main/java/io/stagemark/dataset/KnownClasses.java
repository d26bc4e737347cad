package io.stagemark.dataset;

import io.stagemark.data.LabelMap;
import io.stagemark.data.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The model's class of each true object by its name. An object of a class that the model does not
 * have is a problem, or is left out and counted, as {@code dataset.unknownClasses} says.
 */
public final class KnownClasses {
  private static final int MAX_NAMED = 5;

  private final Optional<LabelMap> labels;
  private final boolean leaveOut;
  private final FoundProblems problems;
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private int all;

  /**
   * @param labels the model's; empty if no model is known: then every name is class 0
   */
  public KnownClasses(Optional<LabelMap> labels, DatasetSettings settings, FoundProblems problems) {
    this.labels = labels;
    this.leaveOut = settings.leavesOutUnknownClasses();
    this.problems = problems;
  }

  /**
   * Returns the class of one object; empty if the model does not have it.
   *
   * @param where the object's place, for a problem
   */
  public OptionalInt of(String name, String where) {
    all++;
    if (labels.isEmpty()) {
      return OptionalInt.of(0);
    }
    List<String> known = labels.get().names();
    int id = known.indexOf(name);
    if (id >= 0) {
      return OptionalInt.of(id);
    }
    if (leaveOut) {
      leftOut.merge(name, 1, Integer::sum);
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
    int left = leftOut.values().stream().mapToInt(Integer::intValue).sum();
    if (left == 0) {
      return;
    }
    String most =
        leftOut.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MAX_NAMED)
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    String note =
        ("%d of %d objects are of %d classes that the model does not have, and are left out"
                + " (dataset.unknownClasses: leave-out): %s%s")
            .formatted(left, all, leftOut.size(), most, leftOut.size() > MAX_NAMED ? ", …" : "");
    if (left == all) {
      problems.add(
          where,
          note,
          "an object of one of the model's %d classes".formatted(labels.orElseThrow().size()),
          "name the classes as the model card's labels do");
    }
    notes.add(note);
  }
}
