package io.stagemark.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A file, or some bytes of it: a picture has a file of its own, or is one of many in a file.
 *
 * @param path of the file
 * @param offset of the first byte, from 0
 * @param bytes how many, at least 1; {@link #TO_END} for all to the file's end
 */
public record FileRange(Path path, long offset, long bytes) {
  /** Stands for a length that the file has. */
  public static final long TO_END = Long.MAX_VALUE;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  public FileRange {
    boolean fits = bytes == TO_END ? offset == 0 : offset <= Long.MAX_VALUE - bytes;
    if (offset < 0 || bytes < 1 || !fits) {
      throw new IllegalArgumentException(
          bytes + " bytes from byte " + offset + " are no part of a file");
    }
  }

  /** Returns all of a file. */
  public static FileRange whole(Path path) {
    return new FileRange(path, 0, TO_END);
  }

  /** Returns whether it is all of its file. */
  public boolean isWhole() {
    return bytes == TO_END;
  }

  /**
   * Returns the bytes.
   *
   * @throws IOException if there is no such file, it ends before they do, or they are more than an
   *     array holds
   */
  public byte[] read() throws IOException {
    if (isWhole()) {
      return RegularFile.bytes(path, MAX_BYTES);
    }
    requireWithin(RegularFile.size(path));
    if (bytes > MAX_BYTES) {
      throw new IOException("more than 2 GiB");
    }
    try (InputStream in = RegularFile.open(path)) {
      in.skipNBytes(offset); // a stream of a file seeks
      byte[] read = in.readNBytes((int) bytes);
      requireWithin(offset + read.length);
      return read;
    }
  }

  /**
   * Checks that a file of that many bytes holds all of it.
   *
   * @throws IOException if it does not
   */
  public void requireWithin(long fileBytes) throws IOException {
    if (!isWhole() && fileBytes < offset + bytes) {
      throw new IOException(
          "the file has "
              + fileBytes
              + " bytes, and the picture is from byte "
              + offset
              + " to "
              + (offset + bytes));
    }
  }

  /** Returns the path, with the bytes where it is not all of the file. */
  @Override
  public String toString() {
    return isWhole()
        ? path.toString()
        : path + " (bytes " + offset + " to " + (offset + bytes) + ")";
  }
}
