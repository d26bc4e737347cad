package io.stagemark.data;

import java.nio.file.Path;

/** Paths as messages show them. */
public final class ShownPath {
  private ShownPath() {}

  /** Returns the path from the current folder if it is inside it, otherwise the whole path. */
  public static String of(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path whole = path.toAbsolutePath().normalize();
    return whole.startsWith(here) && !whole.equals(here)
        ? here.relativize(whole).toString()
        : whole.toString();
  }
}
