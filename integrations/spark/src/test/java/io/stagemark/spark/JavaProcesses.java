package io.stagemark.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Child JVMs of a test, each with its output in a file; all of them end with it. */
final class JavaProcesses implements AutoCloseable {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SPARK_LOCAL_IP", "127.0.0.1",
          "SPARK_SCALA_VERSION", "2.13",
          "ORT_DISABLE_TELEMETRY", "1",
          "OMP_WAIT_POLICY", "PASSIVE");

  private static final int MAX_SECONDS = 600;

  private final Path folder;
  private final Map<String, String> variables;
  private final List<Process> started = Collections.synchronizedList(new ArrayList<>());
  private final Thread atExit = new Thread(this::killAll);

  /**
   * @param folder of their output
   * @param variables of their environment
   */
  JavaProcesses(Path folder, Map<String, String> variables) {
    this.folder = folder;
    this.variables = variables;
    Runtime.getRuntime()
        .addShutdownHook(atExit); // where this JVM is told to end, close is not called
  }

  /** Returns the checkout that this project is in. */
  static Path checkout() {
    return Path.of(System.getProperty("stagemark.checkout", "../..")).toAbsolutePath().normalize();
  }

  /** Returns the class path of the program itself. */
  static String programClassPath() throws IOException {
    Path target = checkout().resolve("target");
    return target.resolve("stagemark.jar")
        + File.pathSeparator
        + Files.readString(target.resolve("runtime-classpath.txt")).strip();
  }

  /** Starts a JVM with a name, whose output goes to {@link #log}. */
  Process start(String name, List<String> flags, String classPath, String... main)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath));
    command.addAll(Arrays.asList(main));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log(name).toFile());
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(variables);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  Path log(String name) {
    return folder.resolve(name + ".log");
  }

  /** Runs the program to its end, and returns its exit code. */
  int stagemark(String name, String... arguments) throws IOException, InterruptedException {
    return ended(startStagemark(name, arguments), MAX_SECONDS);
  }

  /** Starts the program. */
  Process startStagemark(String name, String... arguments) throws IOException {
    List<String> main = new ArrayList<>(List.of("io.stagemark.cli.Main"));
    main.addAll(Arrays.asList(arguments));
    return start(
        name,
        List.of(
            "--add-modules=jdk.incubator.vector",
            "-Dstagemark.home=" + checkout(),
            "-Dstagemark.natives=" + checkout().resolve("target/natives")),
        programClassPath(),
        main.toArray(String[]::new));
  }

  /** Waits for the end, and returns the exit code. */
  int ended(Process process, int seconds) throws IOException, InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new IOException("did not end in " + seconds + " s: " + process.info());
    }
    return process.exitValue();
  }

  /** Waits until a file of a process has a line that contains a text, and returns the line. */
  String line(String name, String text, int seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      for (String line : Files.readAllLines(log(name))) {
        if (line.contains(text)) {
          return line;
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IOException(
        "no '%s' in %d s from %s:%n%s".formatted(text, seconds, name, Files.readString(log(name))));
  }

  /** Kills a process and what it started with SIGKILL. */
  static void kill(Process process) throws InterruptedException {
    if (!process.isAlive()) {
      return; // its number may be another process's by now
    }
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }

  private void killAll() {
    for (Process process : List.copyOf(started)) {
      try {
        kill(process);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    killAll();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
