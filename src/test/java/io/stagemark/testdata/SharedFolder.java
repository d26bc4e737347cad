package io.stagemark.testdata;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Models and data that may not be committed; a test that needs one is skipped without it. */
public final class SharedFolder {
  private SharedFolder() {}

  /** Returns a file under ../shared (or -Dstagemark.shared), or skips the test. */
  public static Path require(String relative) {
    Path root = Path.of(System.getProperty("stagemark.shared", "../shared"));
    Path path = root.resolve(relative);
    Assumptions.assumeTrue(
        Files.exists(path),
        () -> "needs %s, which may not be committed (set -Dstagemark.shared)".formatted(path));
    return path;
  }
}
