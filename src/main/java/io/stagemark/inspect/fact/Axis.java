package io.stagemark.inspect.fact;

/**
 * One axis of a tensor as a file declares it.
 *
 * @param size the extent; {@link #OPEN} where the file leaves it open
 * @param name of an open axis, such as {@code batch}; empty where it has none
 */
public record Axis(long size, String name) {
  /** The extent of an axis that the file leaves open. */
  public static final long OPEN = -1;

  /** Returns an axis of a fixed extent. */
  public static Axis of(long size) {
    return new Axis(size, "");
  }

  /** Returns an open axis. */
  public static Axis open(String name) {
    return new Axis(OPEN, name);
  }

  /** Returns whether the file leaves the extent open. */
  public boolean isOpen() {
    return size < 0;
  }

  /** Returns the extent, the name, or a question mark. */
  public String text() {
    return isOpen() ? name.isEmpty() ? "?" : name : Long.toString(size);
  }
}
