package io.stagemark.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a file system records about a file without reading its content. Writing to a file and
 * putting another in its place change the time of the last status change or the file's number; no
 * program can set that time back, as it can the time of the last modification.
 *
 * @param attributes of the file
 * @param changed when content or attributes last changed
 */
public record FileStamp(Map<String, Object> attributes, Instant changed) {
  private static final String ATTRIBUTES = "unix:size,lastModifiedTime,ctime,ino,dev";

  /** A file system's clock is that much coarser than ours, and may be that much behind. */
  private static final long SETTLED_SECONDS = 2;

  /** Returns the stamp; empty where the system does not keep what it needs. */
  public static Optional<FileStamp> of(Path file) throws IOException {
    try {
      Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES);
      return attributes.get("ctime") instanceof FileTime time
          ? Optional.of(new FileStamp(Map.copyOf(attributes), time.toInstant()))
          : Optional.empty();
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return Optional.empty(); // a system without these attributes
    }
  }

  /**
   * Returns whether an equal stamp at a later time proves that the content is still the same: a
   * file that was written to just before could be written to again with the same time.
   */
  public boolean isSettledAt(Instant moment) {
    return changed.isBefore(moment.minusSeconds(SETTLED_SECONDS));
  }
}
