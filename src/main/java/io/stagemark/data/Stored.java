package io.stagemark.data;

import java.io.IOException;

/**
 * A value that is read from its file each time that it is needed, so that a million of them take no
 * memory.
 *
 * @param <T> such as a {@link Tensor}
 */
@FunctionalInterface
public interface Stored<T> {
  /**
   * Reads it.
   *
   * @throws IOException if the file cannot be read, or is no longer what it was
   */
  T read() throws IOException;
}
