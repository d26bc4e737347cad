package io.stagemark.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns of text: the first to the left, the others to the right. No wider than asked for, if the
 * others leave 16 columns for the first: one that is too long is cut in its middle.
 */
public final class TextTable {
  /** The width of most tables. */
  static final int WIDTH = 100;

  private static final int NARROWEST = 16;
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int width;

  TextTable() {
    this(WIDTH);
  }

  /**
   * @param width the columns of a line, at most
   */
  public TextTable(int width) {
    this.width = width;
  }

  /** Adds a row; the first one is the heading. */
  public void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** Returns the lines, each ending with a line break. */
  public String text() {
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
    widths[0] = Math.min(widths[0], Math.max(NARROWEST, width - others));
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

  /** Returns a text with its middle cut out, if it is longer than {@code width}. */
  static String shortened(String text, int width) {
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
