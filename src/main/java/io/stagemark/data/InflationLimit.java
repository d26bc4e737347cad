package io.stagemark.data;

/**
 * How much may come out of a compressed file: models and arrays are stored as they are or shrink by
 * a small factor; what inflates by more is made to keep us busy. Not thread-safe.
 */
public final class InflationLimit {
  private static final long MAX_FACTOR = 8;
  private static final long SMALL_FILE_BYTES = 16L << 20;

  private final long storedBytes;
  private long inflated;

  /**
   * @param storedBytes size of the compressed file
   */
  public InflationLimit(long storedBytes) {
    this.storedBytes = storedBytes;
  }

  /** Returns how many bytes may still come out. */
  public long left() {
    return MAX_FACTOR * storedBytes + SMALL_FILE_BYTES - inflated;
  }

  /**
   * Takes note of bytes that are to be inflated.
   *
   * @return false if the file may not have so many
   */
  public boolean take(long bytes) {
    if (bytes > left()) {
      inflated = bytes > Long.MAX_VALUE - inflated ? Long.MAX_VALUE : inflated + bytes;
      return false;
    }
    inflated += bytes;
    return true;
  }

  /** Returns such as {@code 1073741824 bytes from a file of 1042069}. */
  public String exceeded() {
    return "%d bytes from a file of %d".formatted(inflated, storedBytes);
  }

  /** Returns the limit in words, such as {@code at most 8 times the file and 16 MiB}. */
  public static String text() {
    return "at most %d times the file and %d MiB".formatted(MAX_FACTOR, SMALL_FILE_BYTES >> 20);
  }
}
