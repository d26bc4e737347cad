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
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > WIDTH) {
      int space = rest.lastIndexOf(' ', WIDTH);
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
