package io.stagemark.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** The program as a process of its own, to be killed. */
final class Program {
  private final Process process;
  private final BufferedReader err;

  private Program(Process process) {
    this.process = process;
    this.err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  static Program start(String... args) throws IOException {
    return startWith(System.getProperty("java.class.path"), args);
  }

  static Program startWith(String classPath, String... args) throws IOException {
    return started(command(classPath, args));
  }

  private static Program started(List<String> command) throws IOException {
    return new Program(
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
  }

  private static List<String> command(String classPath, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(GroupFlags.list());
    command.addAll(List.of("-classpath", classPath, "io.stagemark.cli.Main"));
    command.addAll(List.of(args));
    return command;
  }

  /** Starts it with a limit on the size of each file that it writes, in blocks of 512 bytes. */
  static Program startWithFileLimit(int blocks, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh"));
    command.addAll(command(System.getProperty("java.class.path"), args));
    return started(command);
  }

  /** Reads its standard error up to a line that begins so; false if it ended before. */
  boolean says(String beginning) throws IOException {
    String line = err.readLine();
    while (line != null && !line.startsWith(beginning)) {
      line = err.readLine();
    }
    return line != null;
  }

  /** Waits for its end; returns the rest of its standard error. */
  String rest() {
    return err.lines().collect(Collectors.joining("\n"));
  }

  /** Waits for its end; returns its exit code. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Lets it run for so long, unless it ends before, and kills it as {@code kill -9} does. */
  void killAfter(long millis) throws InterruptedException {
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
  }

  /**
   * Lets it run for so long, and kills it and every process below it as {@code kill -9} does.
   *
   * @return whether it was killed; false if it ended by itself before
   */
  boolean killTreeAfter(long millis) throws InterruptedException {
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      return false;
    }
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    tree.add(process.toHandle());
    tree.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : tree) {
      each.onExit().join();
    }
    return process.waitFor() > 128; // as signals do; it may have ended just before
  }

  /** Skips a test of Ctrl-C where it cannot arrive. */
  static void assumeCtrlCArrives() throws IOException {
    assumeArrives(2);
  }

  /**
   * Skips a test of a signal where it cannot arrive: what starts the tests in the background (a
   * shell: SIGINT; nohup: SIGHUP) has them ignore it, and so does every process that they start.
   */
  static void assumeArrives(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    boolean ignored =
        Files.isReadable(status)
            && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >> (signal - 1) & 1) != 0);
    Assumptions.assumeFalse(ignored, "the tests were started with signal " + signal + " ignored");
  }

  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
    process.waitFor(60, TimeUnit.SECONDS);
  }
}
