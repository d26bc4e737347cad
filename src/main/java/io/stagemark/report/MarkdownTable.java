package io.stagemark.report;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;

/** A table of GitHub's Markdown, its rows limited: what is left out is counted below it. */
final class MarkdownTable {
  /** More rows than these are not read where a pull request is. */
  static final int MAX_ROWS = 40;

  private final List<String> columns = new ArrayList<>();
  private final List<String> rules = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column of words. */
  MarkdownTable words(String... names) {
    return columns("---", names);
  }

  /** Adds a column of numbers, to the right. */
  MarkdownTable numbers(String... names) {
    return columns("---:", names);
  }

  private MarkdownTable columns(String rule, String... names) {
    for (String name : names) {
      columns.add(name);
      rules.add(rule);
    }
    return this;
  }

  /**
   * Adds a row.
   *
   * @param cells safe as Markdown, one a column
   * @throws IllegalArgumentException if there are more or fewer
   */
  void row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells in " + columns.size() + " columns");
    }
    rows.add(List.copyOf(cells));
  }

  /**
   * Returns the table and, below it, how many rows are left out; empty without rows.
   *
   * @param things what a row is, such as {@code cases}
   */
  String text(String things) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(line(columns)).append(line(rules));
    rows.stream().limit(MAX_ROWS).forEach(row -> text.append(line(row)));
    return text.append(more(rows.size() - MAX_ROWS, things)).toString();
  }

  /** Returns it with spaces that a narrow column does not break. */
  static String unbroken(String cell) {
    return cell.replace(' ', '\u00a0');
  }

  /** Returns the line that counts what is left out; empty where nothing is. */
  static String more(int count, String things) {
    return count <= 0 ? "" : String.format(ROOT, "\nand %d more %s\n", count, things);
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
