package io.stagemark.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that a user named, read no further than the size that the file system states: a pipe or a
 * device would be waited for, or never end, and so would what Linux shows under {@code /proc} as
 * regular files of no size.
 */
public final class RegularFile {
  private RegularFile() {}

  /**
   * Returns the size in bytes.
   *
   * @throws IOException if there is no such file, or it is a folder, a pipe or a device
   */
  public static long size(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException(attributes.isDirectory() ? "a folder" : "a pipe or a device");
    }
    return attributes.size();
  }

  /**
   * Returns a stream that ends where the stated size ends.
   *
   * @throws IOException as {@link #size} does, or if it cannot be opened
   */
  public static InputStream open(Path file) throws IOException {
    return size(file) == 0 ? InputStream.nullInputStream() : Files.newInputStream(file);
  }

  /**
   * Returns the bytes.
   *
   * @param maxBytes what such a file may have at most
   * @throws IOException as {@link #open} does, or if it is larger
   */
  public static byte[] bytes(Path file, int maxBytes) throws IOException {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(maxBytes);
      if (bytes.length == maxBytes && in.read() >= 0) {
        throw new IOException("more than %d MiB".formatted(maxBytes >> 20));
      }
      return bytes;
    }
  }
}
