package io.stagemark.dataset;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import java.util.ArrayList;
import java.util.List;

/** Gathers problems of a data set: the first 20, and how many more there are. */
public final class FoundProblems {
  private static final int MAX_SHOWN = 20;

  private final List<Problem> shown = new ArrayList<>();
  private int more;

  /** Adds a problem: where, found, expected, what to try. */
  public void add(String where, String found, String expected, String tryThis) {
    if (shown.size() < MAX_SHOWN) {
      shown.add(new Problem(where, found, expected, tryThis));
    } else {
      more++;
    }
  }

  /** Returns whether nothing was wrong so far. */
  public boolean isEmpty() {
    return shown.isEmpty();
  }

  /** Returns the problems; a last one counts those that are not shown. */
  public List<Problem> list(String source) {
    List<Problem> all = new ArrayList<>(shown);
    if (more > 0) {
      all.add(
          new Problem(
              source,
              "and " + more + " more",
              "none",
              "mend those above, then ./stagemark validate again"));
    }
    return all;
  }

  /**
   * Throws what was found.
   *
   * @param source what is read, for the count of those that are not shown
   * @throws BadInputException if anything was wrong
   */
  public void throwIfAny(String source) throws BadInputException {
    if (!shown.isEmpty()) {
      throw new BadInputException(list(source));
    }
  }
}
