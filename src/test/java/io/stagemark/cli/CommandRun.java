package io.stagemark.cli;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
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

  /** Runs one trial of a model file, with the report in a folder. */
  static CommandRun ofModel(Path file, Path output, String... more) {
    Stream<String> given =
        Stream.of("measure.maxTrials=1", "measure.heapMiB=512", "output=" + output)
            .flatMap(set -> Stream.of("--set", set));
    return of(
        Stream.of(Stream.of("run", file.toString()), given, Stream.of(more))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  /** Returns whether a Java stack trace was printed. */
  boolean hasStackTrace() {
    return (out + err).contains("\tat ");
  }
}
