package io.stagemark.compare;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.report.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code comparison.json}: the comparison that everything else is rendered from. */
public final class ComparisonFile {
  /** Its name. */
  public static final String NAME = "comparison.json";

  private ComparisonFile() {}

  /** Writes the JSON, the Markdown page and the JUnit XML into a folder. */
  public static void write(Path folder, Comparison comparison) throws IOException {
    ResultFiles.write(folder.resolve(NAME), comparison);
    Files.writeString(folder.resolve("comparison.md"), MarkdownPage.of(comparison));
    Files.writeString(folder.resolve("comparison.xml"), JUnitXml.of(comparison));
  }

  /**
   * Reads a comparison.
   *
   * @throws BadInputException if it is damaged or of another version
   */
  public static Comparison read(Path file) throws BadInputException {
    String found;
    try {
      if (ResultFiles.read(file, Map.class).get("schemaVersion") instanceof Integer version
          && version == Comparison.SCHEMA_VERSION) {
        return ResultFiles.read(file, Comparison.class);
      }
      found = "another schemaVersion than " + Comparison.SCHEMA_VERSION;
    } catch (IOException e) {
      found = "cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
    throw new BadInputException(
        new Problem(
            file.toString(),
            found,
            "a comparison.json of this version",
            "./stagemark compare A B"));
  }
}
