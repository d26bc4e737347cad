package io.stagemark.engine.programmable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * When each forward of a session began and what it took in truth, by the engine's own clock: a file
 * of little-endian int64 pairs. Not thread-safe.
 */
public final class SpunTimes {
  /** System property: the folder that the files go to; the temporary one where it is not set. */
  public static final String FOLDER = "stagemark.records";

  /** Forwards that are recorded; later ones are not. */
  static final int CAPACITY = 1 << 19;

  private final long[] pairs;
  private int count;

  private SpunTimes(long[] pairs, int count) {
    this.pairs = pairs;
    this.count = count;
  }

  /** Returns room for a session's forwards, or for none. */
  static SpunTimes room(boolean records) {
    long[] pairs = new long[records ? 2 * CAPACITY : 0];
    Arrays.fill(pairs, -1); // touches every page before the clock starts
    return new SpunTimes(pairs, 0);
  }

  /**
   * Returns the name of a session's file.
   *
   * @param session its number among those of its model, from 0
   */
  public static String fileName(int session) {
    return "programmable-" + session + ".bin";
  }

  static Path folder() {
    return Path.of(System.getProperty(FOLDER, System.getProperty("java.io.tmpdir")));
  }

  /** Notes a forward; allocates nothing. */
  void add(long startNanos, long tookNanos) {
    if (2 * count < pairs.length) {
      pairs[2 * count] = startNanos;
      pairs[2 * count + 1] = tookNanos;
      count++;
    }
  }

  void write(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(pairs, 0, 2 * count);
    Files.write(file, bytes.array());
  }

  /** Reads a session's file. */
  public static SpunTimes read(Path file) throws IOException {
    LongBuffer longs =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    long[] pairs = new long[longs.capacity()];
    longs.get(pairs);
    return new SpunTimes(pairs, pairs.length / 2);
  }

  /** Returns how many forwards there are, the warm-up's first. */
  public int count() {
    return count;
  }

  /** Returns when a forward began, on the trial's {@link System#nanoTime}. */
  public long startNanos(int forward) {
    return pairs[2 * forward];
  }

  /** Returns what a forward took, in nanoseconds. */
  public long tookNanos(int forward) {
    return pairs[2 * forward + 1];
  }
}
