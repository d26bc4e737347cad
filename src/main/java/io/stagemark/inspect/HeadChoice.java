package io.stagemark.inspect;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.inspect.head.Head;
import io.stagemark.inspect.head.Heads.Recognition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is made of the heads that fit. */
@FunctionalInterface
interface HeadChoice {
  /** What a user states who wants the forward alone. */
  String NO_HEAD = "none";

  /**
   * Chooses.
   *
   * @throws BadInputException if what the user states does not fit
   */
  Recognition of(Recognition found) throws BadInputException;

  /** Returns the choice of a user who states the family. */
  static HeadChoice stated(String family, Path file) {
    return found -> {
      if (family.equals(NO_HEAD)) {
        return new Recognition(Optional.empty(), List.of());
      }
      Optional<Recognition> chosen = found.choosing(family);
      if (chosen.isPresent()) {
        return chosen.get();
      }
      List<String> families = found.candidates().stream().map(Head::family).distinct().toList();
      throw new BadInputException(
          new Problem(
              "--head",
              family,
              families.isEmpty()
                  ? "no head: none fits the outputs of " + file
                  : "one that fits the outputs: " + String.join(", ", families),
              families.isEmpty() ? "leave --head out" : "--head " + families.get(0)));
    };
  }
}
