package io.stagemark.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The files in which Linux describes itself ({@code /proc}, {@code /sys}). A file that is not there
 * or may not be read is absent: other systems have none of them.
 */
public final class SystemFiles {
  private final Path root;

  /**
   * @param root the folder used as {@code /}; a test gives a folder of its own
   */
  public SystemFiles(Path root) {
    this.root = root;
  }

  /** Returns the files of the machine that this program runs on. */
  public static SystemFiles ofThisMachine() {
    return new SystemFiles(Path.of("/"));
  }

  /**
   * Returns the path of a file, whether it exists or not.
   *
   * @param file without the leading slash
   */
  Path path(String file) {
    return root.resolve(file);
  }

  /**
   * Returns a file's text without white space at its ends; empty if it cannot be read.
   *
   * @param file without the leading slash, such as {@code proc/stat}
   */
  public Optional<String> text(String file) {
    Path path = root.resolve(file);
    try {
      return Files.isReadable(path) && !Files.isDirectory(path)
          ? Optional.of(Files.readString(path).strip())
          : Optional.empty();
    } catch (IOException | UncheckedIOException e) {
      // Some files of /sys exist but cannot be read.
      return Optional.empty();
    }
  }

  /** Returns a file that holds one whole number; empty if it holds anything else. */
  public OptionalLong number(String file) {
    return text(file).map(SystemFiles::whole).orElse(OptionalLong.empty());
  }

  /** Returns the text after {@code key} and a colon or white space, in the first such line. */
  public Optional<String> field(String file, String key) {
    return text(file)
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()))
                    .filter(rest -> rest.matches("\\s*:.*|\\s.*"))
                    .map(rest -> rest.strip().replaceFirst("^:", "").strip())
                    .findFirst());
  }

  /** Returns the number that a {@link #field} begins with, such as 1764 of {@code 1764 kB}. */
  public OptionalLong fieldNumber(String file, String key) {
    return field(file, key).map(f -> whole(f.split("\\s+", -1)[0])).orElse(OptionalLong.empty());
  }

  /** Returns whether a file or folder is there. */
  public boolean exists(String file) {
    return Files.exists(root.resolve(file));
  }

  /** Returns the names in a folder, sorted; none if it cannot be read. */
  public List<String> names(String folder) {
    try (Stream<Path> all = Files.list(root.resolve(folder))) {
      return all.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static OptionalLong whole(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
