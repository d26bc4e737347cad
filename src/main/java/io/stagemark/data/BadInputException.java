package io.stagemark.data;

import java.util.List;
import java.util.stream.Collectors;

/** All problems of a user's input, reported at once before anything runs. */
public final class BadInputException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // a List.copyOf of records of strings
  private final List<Problem> problems;

  /**
   * @param problems at least one
   */
  public BadInputException(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  public BadInputException(Problem problem) {
    this(List.of(problem));
  }

  /** Returns the problems, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems) {
    return problems.stream()
        .map(Problem::toString)
        .collect(
            Collectors.joining(
                "\n",
                "",
                "\n%s problem%s; nothing was run."
                    .formatted(problems.size(), problems.size() == 1 ? "" : "s")));
  }
}
