package io.stagemark.cli;

import java.io.StringWriter;
import picocli.CommandLine;

/**
 * A command run in this JVM, with what it printed; trials are JVMs of their own all the same.
 *
 * @param exitCode of the program
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(String... args) {
    return of(new StringWriter(), args);
  }

  /**
   * Runs a command.
   *
   * @param err gets standard error while the command runs
   */
  static CommandRun of(StringWriter err, String... args) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new ConsoleWriter(out));
    line.setErr(new ConsoleWriter(err));
    int exitCode = Main.execute(line, args);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** Returns whether a Java stack trace was printed. */
  boolean hasStackTrace() {
    return (out + err).contains("\tat ");
  }
}
