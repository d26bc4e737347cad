package io.stagemark.config;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where something stands that a user wrote.
 *
 * @param source file as shown to the user, or such as {@code --set measure.trials}
 * @param line from 1; 0 where there is none
 * @param path such as {@code cases.include[0].model}; empty for the whole file
 */
record Place(String source, int line, String path) {
  private static final String OVERRIDE = "--set ";

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
    return path.isEmpty() || start.equals(OVERRIDE + path) ? start : start + ": " + path;
  }
}
