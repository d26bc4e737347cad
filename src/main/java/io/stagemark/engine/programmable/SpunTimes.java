package io.stagemark.engine.programmable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What each forward of a session took in truth: a file of little-endian int64 nanoseconds. */
public final class SpunTimes {
  /** Forwards that are recorded; later ones are not. */
  static final int CAPACITY = 1 << 20;

  private SpunTimes() {}

  /**
   * Returns the name of a session's file.
   *
   * @param session its number among those of its model, from 0
   */
  public static String fileName(int session) {
    return "programmable-" + session + ".bin";
  }

  static void write(Path file, long[] nanos, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(nanos, 0, count);
    Files.write(file, bytes.array());
  }

  /** Returns the time of each forward, in nanoseconds, the warm-up's first. */
  public static long[] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    long[] nanos = new long[bytes.capacity() / Long.BYTES];
    bytes.asLongBuffer().get(nanos);
    return nanos;
  }

  static long[] room() {
    long[] room = new long[CAPACITY];
    Arrays.fill(room, -1); // touches every page before the clock starts
    return room;
  }
}
