package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.NearestName;
import io.stagemark.data.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Picks examples by their ids. */
final class ChosenExamples {
  private static final int SHOWN = 5;

  private ChosenExamples() {}

  /**
   * Returns the examples of those ids in the data set's order; a later step of a sequence comes
   * with the steps before it, which make its state.
   *
   * @throws BadInputException naming the ids that are none
   */
  static List<Example> of(List<Example> all, List<String> ids) throws BadInputException {
    List<String> known = all.stream().map(Example::id).toList();
    Set<String> names = new HashSet<>(known);
    Set<String> wanted = new HashSet<>(ids);
    List<Problem> problems = new ArrayList<>();
    for (String id : ids) {
      if (!names.contains(id)) {
        problems.add(
            new Problem(
                "--only",
                id + ": no example of the data set",
                shown(known),
                "--only " + NearestName.of(id, known).orElse(known.get(0))));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    List<Example> chosen = new ArrayList<>();
    List<Example> sequence = new ArrayList<>();
    for (Example example : all) {
      if (example.startsSequence()) {
        sequence.clear();
      }
      sequence.add(example);
      if (wanted.contains(example.id())) {
        chosen.addAll(sequence);
        sequence.clear();
      }
    }
    return chosen;
  }

  private static String shown(List<String> known) {
    return "one of: "
        + Stream.concat(
                known.stream().limit(SHOWN),
                known.size() > SHOWN ? Stream.of("… " + known.size() + " in all") : Stream.of())
            .collect(Collectors.joining(", "));
  }
}
