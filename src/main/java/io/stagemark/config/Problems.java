package io.stagemark.config;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects problems and reports them by file in the order of their lines: the first 20, and the
 * number of the others. A file of nothing but mistakes costs little more than its size.
 */
public final class Problems {
  private static final int MAX_SHOWN = 20;
  private static final int MAX_KEPT = 2000;

  private record PlacedProblem(int source, int line, Problem problem) {}

  private static final Comparator<PlacedProblem> BY_PLACE =
      Comparator.comparingInt(PlacedProblem::source).thenComparingInt(PlacedProblem::line);

  private final List<String> sources = new ArrayList<>();
  private List<PlacedProblem> found = new ArrayList<>();
  private int more;

  public void add(Place place, String what, String expected, String tryThis) {
    add(
        new PlacedProblem(
            rank(place.source()),
            place.line(),
            new Problem(place.where(), what, expected, tryThis)));
  }

  /** Adds problems that know their place themselves, after those of every file named so far. */
  void addAll(List<Problem> others) {
    int rank = rank(" " + sources.size());
    others.forEach(problem -> add(new PlacedProblem(rank, 0, problem)));
  }

  private void add(PlacedProblem one) {
    found.add(one);
    if (found.size() > MAX_KEPT) {
      List<PlacedProblem> first = new ArrayList<>(sorted());
      more += found.size();
      found = new ArrayList<>(first.subList(0, Math.min(first.size(), MAX_SHOWN)));
      more -= found.size();
    }
  }

  private List<PlacedProblem> sorted() {
    Set<Problem> seen = new HashSet<>();
    return found.stream().sorted(BY_PLACE).filter(each -> seen.add(each.problem())).toList();
  }

  int count() {
    return found.size() + more;
  }

  public void throwIfAny() throws BadInputException {
    if (found.isEmpty()) {
      return;
    }
    List<Problem> all = sorted().stream().map(PlacedProblem::problem).toList();
    int left = more + Math.max(0, all.size() - MAX_SHOWN);
    List<Problem> shown = new ArrayList<>(all.subList(0, Math.min(all.size(), MAX_SHOWN)));
    if (left > 0) {
      shown.add(
          new Problem(
              sources.get(0),
              "and %d more".formatted(left),
              "none",
              "mend those above, then ./stagemark validate again"));
    }
    throw new BadInputException(shown);
  }

  /** The files in the order in which they were first named. */
  int rank(String source) {
    if (!sources.contains(source)) {
      sources.add(source);
    }
    return sources.indexOf(source);
  }
}
