package io.stagemark.data.object;

import java.util.Arrays;

/**
 * Which pixels of a picture an object has, as COCO's compressed text of runs down the columns: runs
 * of pixels that are none of its and that are, in turns. The text is one to three characters a run,
 * so that the masks of a data set fit in memory and in a file.
 *
 * <p>Source: Lin et al., 2014, <a href="https://arxiv.org/abs/1405.0312">arXiv:1405.0312</a>;
 * cocodataset.org, "Data format".
 *
 * @param heightPx of the picture
 * @param widthPx of the picture
 * @param counts the runs as text; {@link #runs} reads it
 */
public record ObjectMask(int heightPx, int widthPx, String counts) {
  /** Longest side of a picture. */
  public static final int MAX_SIDE_PX = 100_000;

  private static final int FIRST_CHARACTER = 48;
  private static final int VALUE_BITS = 5;
  private static final int VALUE = 0x1F;
  private static final int MORE = 0x20;
  private static final int NEGATIVE = 0x10;
  private static final int MAX_SHIFT = 30;

  /**
   * Returns a mask.
   *
   * @param runs lengths of runs, the first of pixels that are none of the object's
   * @param from first of the runs in the array
   * @param to behind the last
   * @throws IllegalArgumentException if they are not as many pixels as the picture has
   */
  public static ObjectMask of(int heightPx, int widthPx, int[] runs, int from, int to) {
    long pixels = 0;
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      pixels += runs[i] < 0 ? Long.MIN_VALUE / 2 : runs[i];
      // from the fourth number on, the difference to the one two before
      append(i - from > 2 ? runs[i] - runs[i - 2] : runs[i], text);
    }
    requirePixels(heightPx, widthPx, pixels);
    return new ObjectMask(heightPx, widthPx, text.toString());
  }

  private static void requirePixels(int heightPx, int widthPx, long pixels) {
    if (heightPx < 1 || widthPx < 1 || pixels != (long) heightPx * widthPx) {
      throw new IllegalArgumentException(
          "runs of %s pixels for a mask of %dx%d".formatted(pixels, widthPx, heightPx));
    }
  }

  /** Appends a number in groups of five bits, the lowest first, each in a character. */
  private static void append(long number, StringBuilder text) {
    long rest = number;
    boolean more = true;
    while (more) {
      int bits = (int) (rest & VALUE);
      rest >>= VALUE_BITS;
      more = (bits & NEGATIVE) != 0 ? rest != -1 : rest != 0;
      text.append((char) ((more ? bits | MORE : bits) + FIRST_CHARACTER));
    }
  }

  /**
   * Returns the lengths of the runs, the first of pixels that are none of the object's.
   *
   * @throws IllegalArgumentException if the text is none of runs, or not of as many pixels as the
   *     picture has
   */
  public int[] runs() {
    int[] runs = decoded(counts);
    long pixels = 0;
    for (int run : runs) {
      pixels += run;
    }
    requirePixels(heightPx, widthPx, pixels);
    return runs;
  }

  /**
   * Returns the numbers of a text of runs.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static int[] decoded(String text) {
    int[] runs = new int[Math.max(1, text.length())];
    int size = 0;
    long value = 0;
    int shift = 0;
    for (int i = 0; i < text.length(); i++) {
      int bits = text.charAt(i) - FIRST_CHARACTER;
      if (bits < 0 || bits >= 2 * MORE || shift > MAX_SHIFT) {
        throw new IllegalArgumentException("no runs: character %d of %s".formatted(i, text));
      }
      value |= (long) (bits & VALUE) << shift;
      shift += VALUE_BITS;
      if ((bits & MORE) == 0) {
        value |= (bits & NEGATIVE) != 0 ? -1L << shift : 0;
        value += size > 2 ? runs[size - 2] : 0;
        if (value < 0 || value > Integer.MAX_VALUE) {
          throw new IllegalArgumentException("a run of %d pixels in %s".formatted(value, text));
        }
        runs[size++] = (int) value;
        value = 0;
        shift = 0;
      }
    }
    if (shift != 0) {
      throw new IllegalArgumentException("a run that does not end in " + text);
    }
    return Arrays.copyOf(runs, size);
  }
}
