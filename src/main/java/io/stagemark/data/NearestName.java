package io.stagemark.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of some names a misspelt one most likely meant: the smallest edit distance after
 * Levenshtein (1966), neighbours exchanged counted as one edit.
 */
public final class NearestName {
  private NearestName() {}

  /**
   * Returns the nearest of the names, case ignored: within a third of the word's length in edits
   * (at least 2), otherwise the first that the word begins; empty where there is none: a wild guess
   * helps nobody.
   */
  public static Optional<String> of(String word, Collection<String> names) {
    String sought = word.toLowerCase(Locale.ROOT);
    if (sought.length() > 100) {
      return Optional.empty();
    }
    int most = Math.max(2, sought.length() / 3);
    return names.stream()
        .filter(name -> Math.abs(name.length() - sought.length()) <= most)
        .filter(name -> edits(sought, name.toLowerCase(Locale.ROOT)) <= most)
        .min(Comparator.comparingInt(name -> edits(sought, name.toLowerCase(Locale.ROOT))))
        .or(() -> beginning(sought, names));
  }

  private static Optional<String> beginning(String sought, Collection<String> names) {
    return names.stream()
        .filter(name -> sought.length() >= 3 && name.toLowerCase(Locale.ROOT).startsWith(sought))
        .findFirst();
  }

  /** Optimal string alignment: insert, delete, replace, exchange of neighbours. */
  private static int edits(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int cheapest(int[][] cost, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int best = cost[i - 1][j - 1] + (same ? 0 : 1);
    best = Math.min(best, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean exchanged =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return exchanged ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
