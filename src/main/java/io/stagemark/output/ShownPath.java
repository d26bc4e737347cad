package io.stagemark.output;

import java.nio.file.Path;

/** Paths as messages show them. */
final class ShownPath {
  private ShownPath() {}

  /** Returns the path from the current folder where it is under it, otherwise the whole path. */
  static String of(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path whole = path.toAbsolutePath().normalize();
    return text(
        whole.startsWith(here) && !whole.equals(here)
            ? here.relativize(whole).toString()
            : whole.toString());
  }

  /** Returns a name on one line: names of files may hold line breaks. */
  static String text(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
