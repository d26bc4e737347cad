package io.stagemark.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file of counters in {@code /proc} that is read many times a second: it stays open, and its
 * numbers are read without garbage. Not thread-safe.
 */
final class CounterFile implements AutoCloseable {
  /** The value of a counter that the file does not have. */
  static final long UNKNOWN = -1;

  private static final int ROOM = 8192;

  private final FileChannel channel;
  private final ByteBuffer text = ByteBuffer.allocateDirect(ROOM);

  private CounterFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens a file; empty if it cannot be read. */
  static Optional<CounterFile> open(SystemFiles files, String file) {
    try {
      return Optional.of(
          new CounterFile(FileChannel.open(files.path(file), StandardOpenOption.READ)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads the counters of now: of the file's first 8 KiB, in one call of the kernel. */
  void read() {
    text.clear();
    try {
      channel.read(text, 0);
    } catch (IOException e) {
      text.clear(); // the thread has ended
    }
    text.flip();
  }

  /** Returns the number behind a key at the start of a line, or {@link #UNKNOWN}. */
  long behind(String key) {
    byte[] wanted = key.getBytes(StandardCharsets.US_ASCII);
    int at = 0;
    while (at < text.limit()) {
      if (startsWith(wanted, at)) {
        return number(blanks(at + wanted.length));
      }
      at = behindNext('\n', at);
    }
    return UNKNOWN;
  }

  /**
   * Returns a word of the first line as a number, or {@link #UNKNOWN}.
   *
   * @param index from 0, behind the last closing bracket if there is one: a thread's name is in
   *     brackets and may hold blanks
   */
  long word(int index) {
    int at = 0;
    for (int bracket = behindNext(')', 0); bracket < text.limit(); ) {
      at = bracket;
      bracket = behindNext(')', bracket);
    }
    at = blanks(at);
    for (int word = 0; word < index; word++) {
      at = blanks(behindNext(' ', at));
    }
    return number(at);
  }

  private boolean startsWith(byte[] wanted, int at) {
    for (int i = 0; i < wanted.length; i++) {
      if (at + i >= text.limit() || text.get(at + i) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private int behindNext(char wanted, int from) {
    int at = from;
    while (at < text.limit() && text.get(at) != wanted) {
      at++;
    }
    return Math.min(at + 1, text.limit());
  }

  private int blanks(int from) {
    int at = from;
    while (at < text.limit() && (text.get(at) == ' ' || text.get(at) == '\t')) {
      at++;
    }
    return at;
  }

  private long number(int from) {
    long value = 0;
    int at = from;
    while (at < text.limit() && text.get(at) >= '0' && text.get(at) <= '9') {
      value = 10 * value + text.get(at) - '0';
      at++;
    }
    return at == from ? UNKNOWN : value;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // it was only read
    }
  }
}
