package io.stagemark.config;

import io.stagemark.data.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Paths as files write them. */
public final class FilePaths {
  private FilePaths() {}

  /** Returns the path, against the folder of the file that names it; empty if it is no path. */
  public static Optional<Path> beside(Path file, String written) {
    try {
      return Optional.of(file.toAbsolutePath().resolveSibling(written).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Returns the YAML file in the folder of a missing one whose name is nearest to its name. */
  static Optional<Path> nearestConfig(Path missing) {
    Path folder = missing.toAbsolutePath().getParent();
    if (folder == null) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(file -> file.endsWith(".yaml") || file.endsWith(".yml"))
              .sorted()
              .toList();
      return NearestName.of(String.valueOf(missing.getFileName()), names).map(folder::resolve);
    } catch (IOException e) {
      return Optional.empty(); // no folder: nothing to suggest
    }
  }
}
