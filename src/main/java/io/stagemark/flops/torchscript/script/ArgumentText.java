package io.stagemark.flops.torchscript.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits the text of a list, tuple or dictionary at its own commas. */
public final class ArgumentText {
  private ArgumentText() {}

  /** Returns the parts between two brackets; empty where the text has other ones. */
  public static Optional<List<String>> inside(String text, String brackets) {
    boolean enclosed =
        text.length() > 1
            && text.charAt(0) == brackets.charAt(0)
            && text.charAt(text.length() - 1) == brackets.charAt(1);
    if (!enclosed) {
      return Optional.empty();
    }
    List<String> parts = split(text.substring(1, text.length() - 1), ',', Integer.MAX_VALUE);
    if (!parts.isEmpty() && parts.get(parts.size() - 1).isEmpty()) {
      parts.remove(parts.size() - 1); // (a, ) and []
    }
    return Optional.of(parts);
  }

  /** Splits at a separator outside brackets and quotes, into at most so many stripped parts. */
  public static List<String> split(String text, char separator, int most) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (c == separator && depth == 0 && parts.size() < most - 1) {
        parts.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }
}
