package io.stagemark.config;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The place of a value that a user wrote.
 *
 * @param source file as shown to the user, or such as {@code --set measure.trials}
 * @param line from 1; 0 where there is none
 * @param path such as {@code cases.include[0].model}; empty for the whole file
 */
public record Place(String source, int line, String path) {
  private static final String OVERRIDE = "--set ";
  private static final int MAX_LENGTH = 200;

  /** Returns the name that a composed override's marks carry. */
  static String overrideSource(String path) {
    return OVERRIDE + path;
  }

  static Place of(Node node, String path) {
    return of(node.getStartMark().orElseThrow(), path);
  }

  static Place of(Mark mark, String path) {
    boolean override = mark.getName().startsWith(OVERRIDE);
    return new Place(mark.getName(), override ? 0 : mark.getLine() + 1, path);
  }

  /** Returns such as {@code configs/a.yaml:14: measure.trials}. */
  String where() {
    String start = line == 0 ? source : source + ":" + line;
    String shown = source.startsWith(OVERRIDE) ? shortened(start) : start;
    return path.isEmpty() || start.equals(OVERRIDE + path) ? shown : shown + ": " + shortened(path);
  }

  /** A key may be as long as its file. */
  private static String shortened(String text) {
    return text.length() <= MAX_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH / 2)) + "…";
  }
}
