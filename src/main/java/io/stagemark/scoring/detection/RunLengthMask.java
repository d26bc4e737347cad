package io.stagemark.scoring.detection;

import io.stagemark.data.object.ObjectMask;
import java.util.List;

/**
 * Which pixels of a picture an object has, as the lengths of runs down the columns, one after the
 * other: pixels that are none of its, then pixels that are, and so on. COCO's masks (Lin et al.,
 * 2014, <a href="https://arxiv.org/abs/1405.0312">arXiv:1405.0312</a>; cocodataset.org, "Data
 * format").
 */
public final class RunLengthMask {
  private final int heightPx;
  private final int widthPx;
  private final int[] runs;

  private RunLengthMask(int heightPx, int widthPx, int[] runs) {
    this.heightPx = heightPx;
    this.widthPx = widthPx;
    this.runs = runs;
  }

  /**
   * Returns a mask from its runs.
   *
   * @param counts the runs, the first of pixels that are none of the object's
   * @throws IllegalArgumentException if they are not as many pixels as the picture has
   */
  public static RunLengthMask of(int heightPx, int widthPx, List<Integer> counts) {
    long pixels = 0;
    for (int count : counts) {
      pixels += count < 0 ? Long.MIN_VALUE / 2 : count;
    }
    if (heightPx < 1 || widthPx < 1 || pixels != (long) heightPx * widthPx) {
      throw new IllegalArgumentException(
          "runs of %s pixels for a mask of %dx%d".formatted(pixels, widthPx, heightPx));
    }
    return new RunLengthMask(
        heightPx, widthPx, counts.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Returns a mask of a detection or a true object. */
  public static RunLengthMask of(ObjectMask mask) {
    return new RunLengthMask(mask.heightPx(), mask.widthPx(), mask.runs());
  }

  /** Returns the number of the object's pixels. */
  public long areaPx() {
    long area = 0;
    for (int i = 1; i < runs.length; i += 2) {
      area += runs[i];
    }
    return area;
  }

  /** Returns whether another mask is of a picture of the same size. */
  public boolean fits(RunLengthMask other) {
    return heightPx == other.heightPx && widthPx == other.widthPx;
  }

  /**
   * Returns how much this mask overlaps a true one: intersection over union, or over this mask
   * where the other is a crowd.
   *
   * @throws IllegalArgumentException if the masks are of pictures of different sizes
   */
  public double overlap(RunLengthMask truth, boolean crowd) {
    if (!fits(truth)) {
      throw new IllegalArgumentException(
          "masks of %dx%d and %dx%d px"
              .formatted(widthPx, heightPx, truth.widthPx, truth.heightPx));
    }
    long both = intersection(truth);
    long union = crowd ? areaPx() : areaPx() + truth.areaPx() - both;
    return union == 0 ? 0 : (double) both / union;
  }

  /** Returns the first of the object's pixels, or the number of pixels if it has none. */
  private long firstPixel() {
    int i = 0;
    long at = runs[0];
    while (i + 2 < runs.length && runs[i + 1] == 0) {
      at += runs[i + 2];
      i += 2;
    }
    return at;
  }

  /** Returns an end that none of the object's pixels is behind. */
  private long endOfPixels() {
    long pixels = (long) heightPx * widthPx;
    return runs.length % 2 == 1 ? pixels - runs[runs.length - 1] : pixels;
  }

  private long intersection(RunLengthMask other) {
    if (firstPixel() >= other.endOfPixels() || other.firstPixel() >= endOfPixels()) {
      return 0; // most pairs of a picture are in other columns
    }
    long both = 0;
    int i = 0;
    int j = 0;
    long endsHere = runs[0];
    long endsThere = other.runs[0];
    long at = 0;
    long pixels = (long) heightPx * widthPx;
    while (at < pixels) {
      long end = Math.min(endsHere, endsThere);
      both += i % 2 == 1 && j % 2 == 1 ? end - at : 0;
      at = end;
      while (endsHere == at && i + 1 < runs.length) {
        endsHere += runs[++i];
      }
      while (endsThere == at && j + 1 < other.runs.length) {
        endsThere += other.runs[++j];
      }
    }
    return both;
  }
}
