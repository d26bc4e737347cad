package io.stagemark.cli;

import io.stagemark.data.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Standard output and standard error: the last place that every printed line passes. Renderers make
 * each text plain themselves ({@link PlainText}), since they know what it is part of; a text that
 * one of them forgot, a message of a library among them, still reaches no terminal as a control
 * sequence and no CI as a command.
 */
final class ConsoleWriter extends PrintWriter {
  private final LineFilter filter;

  /**
   * @param target where lines go; flushed after each
   */
  ConsoleWriter(Writer target) {
    this(new LineFilter(target));
  }

  private ConsoleWriter(LineFilter filter) {
    super(filter, true);
    this.filter = filter;
  }

  /** Prints a line that is meant for the CI: an annotation, made of {@link PlainText}. */
  static void printCommand(PrintWriter out, String line) {
    if (out instanceof ConsoleWriter console) {
      console.filter.trusted = true;
      console.println(line);
      console.filter.trusted = false;
    } else {
      out.println(line);
    }
  }

  /** Holds a line back until it is whole, or is to be shown as far as it is. */
  private static final class LineFilter extends Writer {
    private final Writer target;
    private final StringBuilder held = new StringBuilder();
    private boolean trusted;

    LineFilter(Writer target) {
      this.target = target;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      held.append(text, from, length);
      int end = held.lastIndexOf("\n") + 1;
      if (end > 0) {
        release(end);
      }
    }

    private void release(int end) throws IOException {
      String lines = held.substring(0, end);
      held.delete(0, end);
      target.write(trusted ? lines : PlainText.console(lines));
    }

    @Override
    public void flush() throws IOException {
      release(held.length());
      target.flush();
    }

    @Override
    public void close() throws IOException {
      flush();
      target.close();
    }
  }
}
