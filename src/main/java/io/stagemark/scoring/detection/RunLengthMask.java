package io.stagemark.scoring.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which pixels of a picture an object has, as the lengths of runs down the columns, one after the
 * other: pixels that are none of its, then pixels that are, and so on. COCO's masks (Lin et al.,
 * 2014, <a href="https://arxiv.org/abs/1405.0312">arXiv:1405.0312</a>; cocodataset.org, "Data
 * format").
 */
public final class RunLengthMask {
  /** Outlines are drawn on a grid so many times as fine, as pycocotools draws them. */
  private static final int FINER = 5;

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

  /**
   * Returns the union of outlines.
   *
   * @param polygons each x, y, x, y, … in pixels, three corners or more
   */
  public static RunLengthMask ofPolygons(int heightPx, int widthPx, List<List<Double>> polygons) {
    boolean[] pixels = new boolean[Math.multiplyExact(heightPx, widthPx)];
    for (List<Double> polygon : polygons) {
      fill(polygon, heightPx, widthPx, pixels);
    }
    List<Integer> counts = new ArrayList<>();
    int length = 0;
    boolean inside = false;
    for (boolean pixel : pixels) {
      if (pixel != inside) {
        counts.add(length);
        length = 0;
        inside = pixel;
      }
      length++;
    }
    counts.add(length);
    return of(heightPx, widthPx, counts);
  }

  /** Adds the pixels between the places where an outline crosses each column. */
  private static void fill(List<Double> polygon, int heightPx, int widthPx, boolean[] pixels) {
    int[] crossings = crossings(polygon, heightPx, widthPx);
    for (int i = 0; i < crossings.length; i += 2) {
      int end = i + 1 < crossings.length ? crossings[i + 1] : pixels.length;
      Arrays.fill(
          pixels, Math.min(crossings[i], pixels.length), Math.min(end, pixels.length), true);
    }
  }

  /**
   * Returns where an outline goes in and out along the columns, as indices of pixels in ascending
   * order. It is traced in whole steps of the finer grid; each step to another column of that grid
   * which is the middle of a column of pixels is a crossing, at the first row whose middle is below
   * it.
   */
  private static int[] crossings(List<Double> polygon, int heightPx, int widthPx) {
    List<int[]> trace = trace(polygon);
    List<Integer> found = new ArrayList<>();
    for (int i = 1; i < trace.size(); i++) {
      int x = trace.get(i)[0];
      int before = trace.get(i - 1)[0];
      if (x == before) {
        continue;
      }
      double column = (Math.min(x, before) + .5) / FINER - .5;
      if (Math.floor(column) != column || column < 0 || column > widthPx - 1) {
        continue;
      }
      double row = (Math.min(trace.get(i)[1], trace.get(i - 1)[1]) + .5) / FINER - .5;
      int y = (int) Math.ceil(Math.min(Math.max(row, 0), heightPx));
      found.add(((int) column) * heightPx + y);
    }
    return found.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** Returns the points of the finer grid that the closed outline goes through. */
  private static List<int[]> trace(List<Double> polygon) {
    int corners = polygon.size() / 2;
    int[] xs = new int[corners + 1];
    int[] ys = new int[corners + 1];
    for (int c = 0; c <= corners; c++) {
      xs[c] = (int) (FINER * polygon.get(2 * (c % corners)) + .5);
      ys[c] = (int) (FINER * polygon.get(2 * (c % corners) + 1) + .5);
    }
    List<int[]> trace = new ArrayList<>();
    for (int c = 0; c < corners; c++) {
      edge(xs[c], ys[c], xs[c + 1], ys[c + 1], trace);
    }
    return trace;
  }

  /** Adds the points of an edge, one for each step along its longer axis. */
  private static void edge(int fromX, int fromY, int toX, int toY, List<int[]> trace) {
    int wide = Math.abs(toX - fromX);
    int high = Math.abs(toY - fromY);
    boolean alongX = wide >= high;
    boolean backwards = alongX ? fromX > toX : fromY > toY;
    // computed from the lower end, so that an edge is the same in both directions
    int startX = backwards ? toX : fromX;
    int startY = backwards ? toY : fromY;
    int endX = backwards ? fromX : toX;
    int endY = backwards ? fromY : toY;
    int steps = Math.max(wide, high);
    double slope =
        steps == 0 ? 0 : alongX ? (double) (endY - startY) / wide : (double) (endX - startX) / high;
    for (int s = 0; s <= steps; s++) {
      int step = backwards ? steps - s : s;
      trace.add(
          alongX
              ? new int[] {startX + step, (int) (startY + slope * step + .5)}
              : new int[] {(int) (startX + slope * step + .5), startY + step});
    }
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

  private long intersection(RunLengthMask other) {
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
