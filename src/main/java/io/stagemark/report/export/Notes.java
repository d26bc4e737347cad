package io.stagemark.report.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a user should know of some cases, for the console: what is the same of many is one line. */
final class Notes {
  private static final int MAX_NAMED = 10;

  private final Map<String, List<String>> byText = new LinkedHashMap<>();

  /**
   * Adds a note.
   *
   * @param about a case, safe to print
   */
  void add(String text, String about) {
    byText.computeIfAbsent(text, key -> new ArrayList<>()).add(about);
  }

  /** Returns a line for each text. */
  List<String> lines() {
    return byText.entrySet().stream()
        .map(note -> note.getKey() + ": " + named(note.getValue()))
        .toList();
  }

  /** Returns the first ten and how many more there are. */
  static String named(List<String> all) {
    List<String> named = new ArrayList<>(all.stream().limit(MAX_NAMED).toList());
    if (all.size() > MAX_NAMED) {
      named.add(all.size() - MAX_NAMED + " more");
    }
    return String.join(", ", named);
  }
}
