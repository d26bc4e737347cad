package io.stagemark.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder in place of {@code /}, filled by a test. */
public record FileTree(Path root) {

  /** Writes a file, with its folders. */
  public FileTree with(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return this;
  }

  /** Returns it as a system's files. */
  public SystemFiles files() {
    return new SystemFiles(root);
  }
}
