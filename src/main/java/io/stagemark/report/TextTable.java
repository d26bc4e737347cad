package io.stagemark.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text: the first to the left, the others to the right. At most 100 columns wide, if the
 * others leave 16 for the first: one that is too long gives way in its middle.
 */
final class TextTable {
  /** Columns that a table has at most, where it can. */
  static final int WIDTH = 100;

  private static final int NARROWEST = 16;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; the first one is the heading. */
  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** Returns the lines, each ending with a line break. */
  String text() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    int others = 0;
    for (int c = 1; c < columns; c++) {
      others += widths[c] + GAP.length();
    }
    widths[0] = Math.min(widths[0], Math.max(NARROWEST, WIDTH - others));
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(padRight(shortened(row.get(0), widths[0]), widths[0]));
      for (int c = 1; c < columns; c++) {
        line.append(GAP).append(padLeft(row.get(c), widths[c]));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String shortened(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int head = (width - 1) / 2;
    return text.substring(0, head) + "…" + text.substring(text.length() - (width - 1 - head));
  }

  private static String padRight(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String padLeft(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }
}
