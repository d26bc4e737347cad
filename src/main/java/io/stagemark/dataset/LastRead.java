package io.stagemark.dataset;

import io.stagemark.data.Stored;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was read last of some files, for the steps of a sequence, which follow each other and share
 * one file. Thread-safe.
 */
final class LastRead<T> {
  private @Nullable Path file;
  private @Nullable T value;

  /** Returns the same value, read again only if another file was read since. */
  Stored<T> reading(Path from, Stored<T> stored) {
    return () -> read(from, stored);
  }

  private synchronized T read(Path from, Stored<T> stored) throws IOException {
    T last = value;
    if (last != null && from.equals(file)) {
      return last;
    }
    value = null; // two sequences in memory are too many
    T read = stored.read();
    file = from;
    value = read;
    return read;
  }
}
