package io.stagemark.result.comparison;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.output.OutputFolders;
import io.stagemark.output.OutputKind;
import io.stagemark.output.OutputTree;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.result.file.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code comparison.json}: the comparison that everything else is rendered from. */
public final class ComparisonFile {
  /** Its name. */
  public static final String NAME = "comparison.json";

  private static final StoredJson<Comparison> STORED =
      ResultFiles.stored(
          Comparison.class,
          new StoredJson.Messages(
              "a comparison",
              "a comparison.json that compare or gate wrote",
              "./stagemark compare BASE NEW --output FOLDER",
              "./stagemark compare BASE NEW --output FOLDER"));

  private ComparisonFile() {}

  /** Writes a comparison. */
  public static void write(OutputTree tree, Comparison comparison) throws IOException {
    ResultFiles.write(tree, NAME, comparison);
  }

  /**
   * Looks whether a comparison could be written into a folder.
   *
   * @throws BadInputException if something of the user's is in the way there
   */
  public static void check(Path folder) throws BadInputException {
    List<Problem> problems = OutputFolders.problems(folder, OutputKind.COMPARISON, true);
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
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
