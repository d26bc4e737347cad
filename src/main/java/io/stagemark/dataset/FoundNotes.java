package io.stagemark.dataset;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gathers what a user should know of a data set that is no problem: what was left out, what was
 * converted. Names are without the machine's folders, since notes go into {@code result.json}.
 */
public final class FoundNotes {
  private static final int MAX_NAMES = 3;

  private final Set<String> notes = new LinkedHashSet<>();

  /** Adds a sentence, once. */
  public void add(String sentence) {
    notes.add(sentence);
  }

  /**
   * Adds a sentence about several things, unless there are none.
   *
   * @param one such as {@code "1 file that is no picture is left out"}
   * @param several such as {@code "%d files that are no pictures are left out"}
   * @param names of the things; the first three are named
   */
  public void count(String where, String one, String several, List<String> names) {
    if (!names.isEmpty()) {
      String what = names.size() == 1 ? one : several.formatted(names.size());
      String shown = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
      add(where + ": " + what + " (" + shown + (names.size() > MAX_NAMES ? ", …)" : ")"));
    }
  }

  /** Returns the sentences in the order in which they were added. */
  public List<String> list() {
    return List.copyOf(notes);
  }
}
