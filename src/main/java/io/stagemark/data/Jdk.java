package io.stagemark.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param home its folder
 * @param version such as {@code 17.0.15+6}
 */
public record Jdk(Path home, Runtime.Version version) {

  /** Returns the one that runs this program. */
  public static Jdk running() {
    return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version());
  }

  /**
   * Reads what a folder says of itself; nothing is started.
   *
   * @return empty where there is no {@code bin/java}, or no file {@code release} with a version, as
   *     every JDK has
   */
  public static Optional<Jdk> in(Path home) {
    Properties release = new Properties();
    try (Reader text = Files.newBufferedReader(home.resolve("release"))) {
      release.load(text);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    return Stream.of("JAVA_RUNTIME_VERSION", "JAVA_VERSION")
        .map(key -> release.getProperty(key, "").replace("\"", ""))
        .flatMap(text -> parsed(text).stream())
        .findFirst()
        .map(version -> new Jdk(home, version))
        .filter(jdk -> Files.isExecutable(jdk.java()));
  }

  private static Optional<Runtime.Version> parsed(String text) {
    try {
      return Optional.of(Runtime.Version.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a version of another form
    }
  }

  /** Returns the command that starts a JVM. */
  public Path java() {
    return home.resolve("bin").resolve("java");
  }

  @Override
  public String toString() {
    return "JDK " + version;
  }
}
