package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with its golden file; a mismatch writes {@code *.actual} for a person to judge.
 */
public final class GoldenFiles {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  private GoldenFiles() {}

  public static void assertGolden(String name, String actual) throws IOException {
    Path golden = FOLDER.resolve(name);
    String expected = Files.exists(golden) ? Files.readString(golden) : "";
    if (!expected.equals(actual)) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name + ".actual"), actual);
    }
    assertThat(actual).as("golden file %s", golden).isEqualTo(expected);
  }
}
