package io.stagemark.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What a file system knows an entry by, whatever its name. */
final class Inode {
  private Inode() {}

  /** Returns its number; {@code none} where the system has no such thing. */
  static String of(Path path) throws IOException {
    return String.valueOf(attribute(path, "unix:ino", "none"));
  }

  /** Returns how many names a file has; 1 where the system does not say. */
  static int names(Path file) throws IOException {
    return ((Number) attribute(file, "unix:nlink", 1)).intValue();
  }

  private static Object attribute(Path path, String name, Object otherwise) throws IOException {
    try {
      return Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return otherwise;
    }
  }
}
