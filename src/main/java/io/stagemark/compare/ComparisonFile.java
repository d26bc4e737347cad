package io.stagemark.compare;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.report.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
   * @throws BadInputException if it is missing, damaged or of another version
   */
  public static Comparison read(Path file) throws BadInputException {
    String tryThis = "./stagemark compare BASE NEW --output FOLDER";
    try {
      Map<?, ?> tree = ResultFiles.read(file, Map.class);
      if (Integer.valueOf(Comparison.SCHEMA_VERSION).equals(tree.get("schemaVersion"))) {
        return ResultFiles.read(file, Comparison.class);
      }
      throw new BadInputException(
          new Problem(
              file + ": schemaVersion",
              tree.containsKey("schemaVersion")
                  ? String.valueOf(tree.get("schemaVersion"))
                  : "none: not a comparison",
              "version %s, which this program writes".formatted(Comparison.SCHEMA_VERSION),
              tree.get("command") instanceof String command ? command : tryThis));
    } catch (IOException e) {
      throw new BadInputException(
          new Problem(
              file.toString(),
              e instanceof NoSuchFileException
                  ? "no such file"
                  : "cannot be read: "
                      + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
              "a comparison.json that compare or gate wrote",
              tryThis));
    }
  }
}
