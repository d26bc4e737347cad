package io.stagemark.data;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.Comparator;

/**
 * A width and a height; the smaller area comes first in order.
 *
 * @param widthPx in pixels, at least 1
 * @param heightPx in pixels, at least 1
 */
public record ImageSize(int widthPx, int heightPx) implements Comparable<ImageSize> {
  private static final Comparator<ImageSize> ORDER =
      comparingLong((ImageSize size) -> (long) size.widthPx * size.heightPx)
          .thenComparing(comparingInt(ImageSize::widthPx));

  public ImageSize {
    if (widthPx < 1 || heightPx < 1) {
      throw new IllegalArgumentException(
          "a side must be at least 1 px: %dx%d px".formatted(widthPx, heightPx));
    }
  }

  @Override
  public int compareTo(ImageSize other) {
    return ORDER.compare(this, other);
  }

  /** Returns such as {@code 640x448 px}, the width first. */
  @Override
  public String toString() {
    return widthPx + "x" + heightPx + " px";
  }
}
