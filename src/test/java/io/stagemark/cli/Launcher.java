package io.stagemark.cli;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * The launcher, {@code ./stagemark}, as users start it: a copy in a folder with a jar of the
 * classes under test, since the tests run before the build makes one. Its temporary folder is its
 * own.
 */
final class Launcher {
  private static final int MAX_SECONDS = 120;
  private static final List<String> OPTIONS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static Optional<Path> packed = Optional.empty();

  private final Path home;
  private final Path jdk;
  private final Path temporary;
  private final Path out;
  private final Path err;

  private Launcher(Path home, Path jdk, Path temporary) {
    this.home = home;
    this.jdk = jdk;
    this.temporary = temporary;
    this.out = temporary.resolveSibling("standard-output.txt");
    this.err = temporary.resolveSibling("standard-error.txt");
  }

  /** How it ended, and what it printed. */
  record End(int code, String out, String err) {}

  /** Copies the program into a folder, whose name is given, in an empty one. */
  static Launcher in(Path parent, String name) throws IOException {
    return in(parent, name, Path.of(System.getProperty("java.home")));
  }

  /** The same, in JVMs with the flags of this group of tests: for tests of whole runs. */
  static Launcher brief(Path parent, String name) throws IOException {
    Path java = Files.createDirectories(parent.resolve("jdk/bin")).resolve("java");
    String flags = GroupFlags.list().stream().map("'%s' "::formatted).collect(joining());
    Files.writeString(
        java,
        "#!/bin/sh\nexec '%s' %s\"$@\"\n"
            .formatted(Path.of(System.getProperty("java.home"), "bin", "java"), flags));
    if (!java.toFile().setExecutable(true)) {
      throw new IOException(java + " cannot be made executable");
    }
    return in(parent, name, parent.resolve("jdk"));
  }

  private static Launcher in(Path parent, String name, Path jdk) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
    Path home = Files.createDirectories(parent.resolve(name));
    Path target = Files.createDirectories(home.resolve("target"));
    Files.copy(Path.of("stagemark"), home.resolve("stagemark"));
    Files.copy(jar(), target.resolve("stagemark.jar"));
    String jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> Files.isRegularFile(Path.of(entry)))
            .collect(joining(File.pathSeparator));
    Files.writeString(target.resolve("runtime-classpath.txt"), jars);
    return new Launcher(home, jdk, Files.createDirectories(parent.resolve("temporary")));
  }

  /** Returns the jar of the classes under test, which is made once in a JVM of tests. */
  private static synchronized Path jar() throws IOException {
    if (packed.isEmpty()) {
      Path jar = Files.createTempFile("stagemark-under-test", ".jar");
      jar.toFile().deleteOnExit();
      makeJar(jar);
      packed = Optional.of(jar);
    }
    return packed.get();
  }

  private static void makeJar(Path jar) throws IOException {
    Path classes = Path.of("target/classes");
    List<Path> files;
    try (Stream<Path> all = Files.walk(classes)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    try (OutputStream bytes = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Path file : files) {
        zip.putNextEntry(
            new ZipEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, zip);
      }
    }
  }

  /** Returns the folder that it has for temporary files. */
  Path temporary() {
    return temporary;
  }

  /** Returns what is in its temporary folder. */
  List<Path> left() throws IOException {
    try (Stream<Path> entries = Files.list(temporary)) {
      return entries.toList();
    }
  }

  /** Runs a line of a document as it is written, in a shell in the launcher's folder. */
  End line(String line) throws IOException, InterruptedException {
    return end(start(new ProcessBuilder("/bin/sh", "-c", line).directory(home.toFile()), Map.of()));
  }

  /** Starts a command with environment variables of its own. */
  Process start(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("stagemark").toString()));
    command.addAll(List.of(args));
    return start(new ProcessBuilder(command), environment);
  }

  private Process start(ProcessBuilder builder, Map<String, String> environment)
      throws IOException {
    OPTIONS.forEach(builder.environment()::remove);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("TMPDIR", temporary.toString());
    builder.environment().putAll(environment);
    return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
  }

  /** Waits for the end of a command that was started. */
  End end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new IllegalStateException("no end in " + MAX_SECONDS + " s: " + Files.readString(err));
    }
    return new End(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Runs a command to its end. */
  End run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    return end(start(environment, args));
  }

  /** Waits until a run has begun a trial, the one after some that are whole, or has ended. */
  static void awaitTrial(Process process, Path output, int whole)
      throws IOException, InterruptedException {
    while (process.isAlive() && begun(output) <= whole) {
      process.waitFor(10, TimeUnit.MILLISECONDS);
    }
  }

  private static long begun(Path output) throws IOException {
    Path trials = output.resolve("trials");
    if (!Files.isDirectory(trials)) {
      return 0;
    }
    try (Stream<Path> folders = Files.list(trials)) {
      return folders.filter(each -> Files.exists(each.resolve("request.json"))).count();
    }
  }
}
