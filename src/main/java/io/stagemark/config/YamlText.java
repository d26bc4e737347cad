package io.stagemark.config;

import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A node as a message shows it: on one line, short. */
final class YamlText {
  private static final int MAX_LENGTH = 60;
  private static final int MAX_MESSAGE_LENGTH = 200;

  private YamlText() {}

  static String of(Node node) {
    if (node instanceof ScalarNode scalar) {
      if (scalar.getTag().equals(Tag.NULL) || (scalar.isPlain() && scalar.getValue().isBlank())) {
        return "nothing";
      }
      String tag = scalar.getTag().getValue().replace(Tag.PREFIX, "!!");
      String text = scalar.isPlain() ? scalar.getValue() : '"' + scalar.getValue() + '"';
      return oneLine(ValueRange.scalar(node).isPresent() ? text : tag + " " + text);
    }
    return node instanceof SequenceNode ? "a list" : "a section of keys";
  }

  /** Returns text without control characters, cut where it is long. */
  static String oneLine(String text) {
    return cut(text, MAX_LENGTH);
  }

  /** Returns what the YAML library says, on one line. */
  static String message(String text) {
    return cut(text, MAX_MESSAGE_LENGTH);
  }

  private static String cut(String text, int longest) {
    String clean = text.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
    return clean.length() <= longest
        ? clean
        : clean.substring(0, clean.offsetByCodePoints(0, longest / 2)) + "…";
  }
}
