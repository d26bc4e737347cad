package io.stagemark.data;

/** A class for each pixel, of at most 255 classes. Immutable as long as nobody writes its array. */
public final class ClassMask {
  /** The id of a pixel that does not count. */
  public static final int IGNORED = 255;

  private final int widthPx;
  private final int heightPx;
  private final byte[] ids;

  /**
   * @param widthPx in pixels
   * @param heightPx in pixels
   * @param ids row by row, a byte without sign each; taken over, not copied
   * @throws IllegalArgumentException if there are not as many ids as pixels
   */
  public ClassMask(int widthPx, int heightPx, byte[] ids) {
    if (ids.length != (long) widthPx * heightPx) {
      throw new IllegalArgumentException(
          "a mask of %dx%d px needs %d ids, got %d"
              .formatted(widthPx, heightPx, (long) widthPx * heightPx, ids.length));
    }
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    this.ids = ids;
  }

  /** Returns the width in pixels. */
  public int widthPx() {
    return widthPx;
  }

  /** Returns the height in pixels. */
  public int heightPx() {
    return heightPx;
  }

  /** Returns the number of pixels. */
  public int size() {
    return ids.length;
  }

  /** Returns the id of a pixel by its place, row by row. */
  public int at(int index) {
    return ids[index] & 0xFF;
  }

  /** Returns the id of a pixel. */
  public int at(int x, int y) {
    return at(y * widthPx + x);
  }
}
