package io.stagemark.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** What a former run or gate left in an output folder: it is kept once, as NAME.previous. */
public final class FormerFolder {
  private FormerFolder() {}

  /**
   * Moves a folder aside before live pairs are measured into it, if it has samples or one of the
   * files that are named.
   *
   * @param reports files that a finished one leaves there, such as {@code comparison.json}
   * @throws IOException if NAME.previous is in the way
   */
  public static void ofGate(Path folder, String... reports) throws IOException {
    moveAside(
        folder,
        path -> {
          for (String report : reports) {
            if (Files.isRegularFile(path.resolve(report))) {
              return true;
            }
          }
          return Files.isDirectory(path.resolve("samples"));
        });
  }

  /**
   * Renames a folder to NAME.previous, whose own content is deleted.
   *
   * @param measured tells a folder that something was measured into; any other stays as it is, and
   *     is never deleted
   */
  static void moveAside(Path folder, Predicate<Path> measured) throws IOException {
    if (!measured.test(folder)) {
      return;
    }
    Path previous = folder.resolveSibling(folder.getFileName() + ".previous");
    if (Files.exists(previous) && !measured.test(previous)) {
      throw new IOException(
          previous + " is in the way and is no run's folder; move it, or choose another output");
    }
    RunFolder.deleteTree(previous);
    Files.move(folder, previous);
  }
}
