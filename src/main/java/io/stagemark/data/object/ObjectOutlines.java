package io.stagemark.data.object;

import java.util.ArrayList;
import java.util.List;

/**
 * Outlines drawn to pixels, to the pixel as pycocotools draws them ({@code rleFrPoly}): traced on a
 * grid five times as fine; each step to another column of that grid which is the middle of a column
 * of pixels is a crossing, at the first row whose middle is below it.
 */
public final class ObjectOutlines {
  /** The finer grid. */
  private static final int FINER = 5;

  private ObjectOutlines() {}

  /**
   * Returns the union of outlines.
   *
   * @param polygons each x, y, x, y, … in pixels, three corners or more
   */
  public static ObjectMask mask(int heightPx, int widthPx, List<List<Double>> polygons) {
    int pixels = Math.multiplyExact(heightPx, widthPx);
    List<int[]> spans = new ArrayList<>();
    for (List<Double> polygon : polygons) {
      int[] crossings = crossings(polygon, heightPx, widthPx);
      for (int i = 0; i < crossings.length; i += 2) {
        int start = Math.min(crossings[i], pixels);
        int end = i + 1 < crossings.length ? Math.min(crossings[i + 1], pixels) : pixels;
        if (start < end) {
          spans.add(new int[] {start, end});
        }
      }
    }
    spans.sort((a, b) -> Integer.compare(a[0], b[0]));
    return runs(heightPx, widthPx, pixels, spans);
  }

  /** Joins spans that touch or overlap; they are sorted by their starts. */
  private static ObjectMask runs(int heightPx, int widthPx, int pixels, List<int[]> spans) {
    int[] runs = new int[2 * spans.size() + 1];
    int size = 0;
    int at = 0;
    int next = 0;
    while (next < spans.size()) {
      int start = spans.get(next)[0];
      int end = spans.get(next)[1];
      next++;
      while (next < spans.size() && spans.get(next)[0] <= end) {
        end = Math.max(end, spans.get(next)[1]);
        next++;
      }
      runs[size++] = start - at;
      runs[size++] = end - start;
      at = end;
    }
    if (at < pixels || size == 0) {
      runs[size++] = pixels - at;
    }
    return ObjectMask.of(heightPx, widthPx, runs, 0, size);
  }

  /** Returns where an outline goes in and out along the columns, as sorted indices of pixels. */
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
}
