package io.stagemark.run.input;

import io.stagemark.data.Sha256;
import io.stagemark.machine.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A file that a run began with. Its content is read again only where the file system cannot prove
 * that nobody wrote to it: a data set of thousands of images is checked in milliseconds.
 */
final class InputFile {
  private final String name;
  private final Path path;
  private final String sha256;
  private final Optional<FileStamp> stamp;

  private InputFile(String name, Path path, String sha256, Optional<FileStamp> stamp) {
    this.name = name;
    this.path = path;
    this.sha256 = sha256;
    this.stamp = stamp;
  }

  /**
   * Takes note of a file as it is now.
   *
   * @param name as messages show it, without the folders of this machine
   */
  static InputFile of(String name, Path path) throws IOException {
    Instant start = Instant.now();
    // the stamp first: a change while the file is read then shows as a change
    Optional<FileStamp> stamp = FileStamp.of(path).filter(it -> it.isSettledAt(start));
    return new InputFile(name, path, Sha256.of(path), stamp);
  }

  String name() {
    return name;
  }

  String sha256() {
    return sha256;
  }

  /** Returns what is different from when the run began; empty if nothing is. */
  Optional<String> change() throws IOException {
    try {
      if (stamp.isPresent() && stamp.equals(FileStamp.of(path))) {
        return Optional.empty();
      }
      if (!Files.isRegularFile(path)) {
        return Optional.of(name + ": was there when the run began, and is gone");
      }
      String now = Sha256.of(path);
      return now.equals(sha256)
          ? Optional.empty()
          : Optional.of(
              "%s: changed during the run, from sha256 %s when it began to %s"
                  .formatted(name, sha256, now));
    } catch (NoSuchFileException e) {
      return Optional.of(name + ": was there when the run began, and is gone");
    }
  }
}
