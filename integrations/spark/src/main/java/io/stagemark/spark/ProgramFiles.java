package io.stagemark.spark;

import io.stagemark.spark.program.RefusedException;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;

/**
 * The jars of Stagemark and its libraries: on a path that every machine has, or sent with the job.
 *
 * @param folder of the installation, on the driver's machine
 * @param jars paths on the driver's machine
 * @param shipped whether executors get copies from Spark
 */
record ProgramFiles(String folder, List<String> jars, boolean shipped) implements Serializable {
  private static final String JAR = "target/stagemark.jar";
  private static final String CLASS_PATH = "target/runtime-classpath.txt";

  ProgramFiles {
    jars = new ArrayList<>(jars); // of a class that any JVM reads back
  }

  /**
   * Finds an installation and its plugins.
   *
   * @param named by the user; empty for the one that this jar is in
   * @throws RefusedException if there is none, it is not built, or two jars that are to be sent
   *     have one name
   */
  static ProgramFiles find(String named, boolean shipped) throws RefusedException, IOException {
    Path home = named.isEmpty() ? around(ownPlace()) : Path.of(named).toAbsolutePath().normalize();
    if (!Files.isRegularFile(home.resolve(JAR)) || !Files.isRegularFile(home.resolve(CLASS_PATH))) {
      throw new RefusedException(
          "--program " + home,
          "no " + JAR + " or no " + CLASS_PATH,
          "a checkout of Stagemark that was built",
          "./stagemark --version there, which builds it; or --program FOLDER");
    }
    List<String> jars = new ArrayList<>(List.of(home.resolve(JAR).toString()));
    String rest = Files.readString(home.resolve(CLASS_PATH)).strip();
    jars.addAll(List.of(rest.split(File.pathSeparator, -1)));
    Path plugins = home.resolve("plugins");
    if (Files.isDirectory(plugins)) {
      try (Stream<Path> entries = Files.list(plugins)) {
        entries.map(Path::toString).filter(it -> it.endsWith(".jar")).sorted().forEach(jars::add);
      }
    }
    Set<String> names = new HashSet<>();
    for (String jar : jars) {
      if (!names.add(name(jar)) && shipped) {
        throw new RefusedException(
            "--ship", "two jars named " + name(jar), "names of their own", "rename the plugin");
      }
    }
    return new ProgramFiles(home.toString(), jars, shipped);
  }

  private static Path ownPlace() {
    try {
      return Path.of(
          ProgramFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("classes without a place", e);
    }
  }

  /** The nearest folder around a file that was built, or the current one. */
  private static Path around(Path place) {
    for (Path each = place; each != null; each = each.getParent()) {
      if (Files.isRegularFile(each.resolve(JAR))) {
        return each;
      }
    }
    return Path.of("").toAbsolutePath();
  }

  private static String name(String jar) {
    return String.valueOf(Path.of(jar).getFileName());
  }

  /** Returns the jars on the driver's machine. */
  List<Path> here() {
    return jars.stream().map(Path::of).toList();
  }

  /**
   * Returns the jars on an executor's machine.
   *
   * @throws IOException if one is not there; the message says what helps
   */
  List<Path> onExecutor() throws IOException {
    if (shipped) {
      return jars.stream().map(jar -> received(name(jar))).toList();
    }
    for (String jar : jars) {
      if (!Files.isRegularFile(Path.of(jar))) {
        throw new IOException(
            jar + ": not on this executor's machine; try: --ship, or install it there too");
      }
    }
    return here();
  }

  /** Returns a file that was sent with the job. */
  static Path received(String name) {
    return Path.of(SparkFiles.get(name)).toAbsolutePath().normalize();
  }

  /**
   * Returns where native libraries are unpacked to: the installation's own folder, which the
   * launcher uses too, or one of the executor's, which Spark deletes.
   */
  Path natives(Path scratch) {
    Path own = Path.of(folder).resolve("target/natives");
    return !shipped && Files.isWritable(own) ? own : scratch.resolve("natives");
  }
}
