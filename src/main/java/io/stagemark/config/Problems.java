package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong, and tells it by file in the order of its lines. */
final class Problems {
  private record Found(int source, int line, Problem problem) {}

  private final List<String> sources = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();

  void add(Place place, String what, String expected, String tryThis) {
    found.add(
        new Found(
            rank(place.source()),
            place.line(),
            new Problem(place.where(), what, expected, tryThis)));
  }

  /** Adds problems that know their place themselves, after those of every file named so far. */
  void addAll(List<Problem> others) {
    int rank = rank(" " + sources.size());
    others.forEach(problem -> found.add(new Found(rank, 0, problem)));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int count() {
    return found.size();
  }

  void throwIfAny() throws BadInputException {
    if (!found.isEmpty()) {
      throw new BadInputException(
          found.stream()
              .sorted(Comparator.comparingInt(Found::source).thenComparingInt(Found::line))
              .map(Found::problem)
              .distinct()
              .toList());
    }
  }

  /** The files in the order in which they were first named. */
  int rank(String source) {
    if (!sources.contains(source)) {
      sources.add(source);
    }
    return sources.indexOf(source);
  }
}
