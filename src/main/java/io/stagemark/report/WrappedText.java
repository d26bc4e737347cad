package io.stagemark.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks a paragraph into lines for the console. */
public final class WrappedText {
  private static final int WIDTH = 100;

  private WrappedText() {}

  /**
   * Returns lines of at most 100 columns, broken at spaces; a longer word stays whole.
   *
   * @param indent before every line but the first
   */
  public static List<String> lines(String text, String indent) {
    return lines(text, indent, WIDTH);
  }

  /**
   * Returns lines of at most so many columns, as {@link #lines(String, String)}.
   *
   * @param width the columns of a line, at most
   */
  static List<String> lines(String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      if (space <= indent.length()) {
        break;
      }
      lines.add(rest.substring(0, space));
      rest = indent + rest.substring(space + 1);
    }
    lines.add(rest);
    return lines;
  }
}
