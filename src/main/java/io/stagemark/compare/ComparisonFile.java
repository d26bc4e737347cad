package io.stagemark.compare;

import io.stagemark.data.BadInputException;
import io.stagemark.report.ResultFiles;
import io.stagemark.report.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code comparison.json}: the comparison that everything else is rendered from. */
public final class ComparisonFile {
  /** Its name. */
  public static final String NAME = "comparison.json";

  private static final StoredJson<Comparison> STORED =
      ResultFiles.stored(
          Comparison.class,
          new StoredJson.Words(
              "a comparison",
              "a comparison.json that compare or gate wrote",
              "./stagemark compare BASE NEW --output FOLDER",
              "./stagemark compare BASE NEW --output FOLDER"));

  private ComparisonFile() {}

  /** Writes the JSON, the Markdown page and the JUnit XML into a folder. */
  public static void write(Path folder, Comparison comparison) throws IOException {
    ResultFiles.write(folder.resolve(NAME), comparison);
    Files.writeString(folder.resolve("comparison.md"), MarkdownPage.of(comparison));
    Files.writeString(folder.resolve("comparison.xml"), JUnitXml.of(comparison));
  }

  /** Returns the comparison that a path means: the file, or a folder's that holds no run. */
  public static Optional<Path> at(Path place) {
    if (place.endsWith(NAME)) {
      return Optional.of(place);
    }
    return Optional.of(place.resolve(NAME))
        .filter(Files::isRegularFile)
        .filter(file -> !Files.exists(place.resolve(ResultFiles.RESULT)));
  }

  /**
   * Reads a comparison.
   *
   * @throws BadInputException if it is missing, damaged, of another version, or has a value that no
   *     comparison writes
   */
  public static Comparison read(Path file) throws BadInputException {
    return STORED.read(file, Comparison.SCHEMA_VERSION, "comparison-schema-1.json");
  }
}
