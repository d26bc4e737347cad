package io.stagemark.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Unsigned numbers at places of a file. A place outside of it throws {@link
 * IndexOutOfBoundsException}: the file is cut off.
 */
final class FileBytes {
  private final ByteBuffer buffer;

  private FileBytes(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** The bytes from 0 to the limit. */
  static FileBytes of(ByteBuffer file, ByteOrder order) {
    return new FileBytes(file.duplicate().order(order));
  }

  int size() {
    return buffer.limit();
  }

  int u8(long at) {
    return buffer.get(index(at)) & 0xFF;
  }

  int u16(long at) {
    return buffer.getShort(index(at)) & 0xFFFF;
  }

  long u32(long at) {
    return Integer.toUnsignedLong(buffer.getInt(index(at)));
  }

  /** An eight-byte number; one that does not fit into a long is as good as beyond the file. */
  long u64(long at) {
    long value = buffer.getLong(index(at));
    return value < 0 ? Long.MAX_VALUE : value;
  }

  /** Returns whether those characters of Latin-1 are there. */
  boolean has(long at, String latin1) {
    if (at < 0 || at + latin1.length() > size()) {
      return false;
    }
    for (int i = 0; i < latin1.length(); i++) {
      if (u8(at + i) != latin1.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns a part as a buffer of its own. */
  ByteBuffer slice(long at, long length) {
    index(at + length - 1);
    return buffer.slice(index(at), Math.toIntExact(length));
  }

  /** Returns the place of the next byte of that value; the size if there is none. */
  int indexOf(int value, int from) {
    int at = from;
    if (buffer.hasArray()) {
      byte[] array = buffer.array();
      int base = buffer.arrayOffset();
      while (at < size() && array[base + at] != (byte) value) {
        at++;
      }
      return at;
    }
    while (at < size() && buffer.get(at) != (byte) value) {
      at++;
    }
    return at;
  }

  FileBytes ordered(ByteOrder order) {
    return of(buffer, order);
  }

  private int index(long at) {
    if (at < 0 || at >= size()) {
      throw new IndexOutOfBoundsException("byte " + at + " of " + size());
    }
    return (int) at;
  }
}
