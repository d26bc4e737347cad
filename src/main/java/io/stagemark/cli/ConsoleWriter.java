package io.stagemark.cli;

import io.stagemark.data.PlainText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Standard output and standard error: the last place that every printed line passes. Renderers make
 * each text plain themselves ({@link PlainText}), since they know what it is part of; a text that
 * one of them forgot, a message of a library among them, still reaches no terminal as a control
 * sequence and no CI as a command.
 */
final class ConsoleWriter extends PrintWriter {
  private static final int COLUMNS = 80;

  private final LineFilter filter;

  /**
   * A file or a pipe.
   *
   * @param target where lines go; flushed after each
   */
  ConsoleWriter(Writer target) {
    this(target, Terminal.NONE);
  }

  /**
   * @param target where lines go; flushed after each
   * @param terminal what the target can do
   */
  ConsoleWriter(Writer target, Terminal terminal) {
    this(new LineFilter(target, terminal));
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

  /** Clears a line of progress of another stream before text of this one: both are one screen. */
  void clearing(ConsoleWriter other) {
    filter.progress = other.filter;
  }

  /** Prints a line of progress: in a terminal it replaces the one before, elsewhere it is kept. */
  static void printProgress(PrintWriter out, String line) {
    if (out instanceof ConsoleWriter console && console.filter.terminal.replaces()) {
      console.filter.replace(line);
    } else {
      out.println(line);
    }
  }

  /** Holds a line back until it is whole, or is to be shown as far as it is. */
  private static final class LineFilter extends Writer {
    private final Writer target;
    private final StringBuilder held = new StringBuilder();
    private final Terminal terminal;
    private boolean trusted;
    private boolean open;
    private @Nullable LineFilter progress;

    LineFilter(Writer target, Terminal terminal) {
      this.target = target;
      this.terminal = terminal;
    }

    /** Removes a line of progress, so that other text begins in the first column. */
    private void clear() throws IOException {
      if (open) {
        open = false;
        target.write(Terminal.CLEAR);
        target.flush();
      }
    }

    /** Shows a line that the next text replaces, no longer than a terminal is wide. */
    void replace(String line) {
      String plain = PlainText.console(line).replace("\n", "");
      String shown = plain.length() < COLUMNS ? plain : plain.substring(0, COLUMNS - 2) + "…";
      try {
        target.write(Terminal.CLEAR + shown);
        target.flush();
        open = true;
      } catch (IOException e) {
        open = false; // progress alone is lost
      }
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
      if (end > 0) {
        clear();
        if (progress != null) {
          progress.clear();
        }
      }
      target.write(trusted ? lines : terminal.painted(PlainText.console(lines)));
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
