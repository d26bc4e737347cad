package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * Kept boxes by the cells of a grid that they cover, so that a box is tested against a few of them
 * only, with the same answer.
 *
 * <p>Why it is exact: IoU &gt; t means that the overlap is longer than t times the box's side on
 * each axis. For t ≥ 1/3 an interval of that length inside a side covers one of the points at t and
 * 1 − t of it. So a kept box that suppresses covers one of four points of the probe, and is
 * registered in that point's cell. The points use a slightly smaller t, which covers the rounding
 * of a float32 IoU.
 */
final class KeptGrid {
  /** Below this the four points do not suffice. */
  static final float SMALLEST_THRESHOLD = 0.335f;

  private static final double SLACK = 1e-3;
  private static final int CELLS_A_SIDE = 64;
  private static final int MAX_COVER = 64;
  private static final int NONE = -1;

  private final OverlapTest overlaps;
  private final BoxColumns blocks = new BoxColumns();
  private final BoxColumns large = new BoxColumns();
  private final int[] heads = new int[CELLS_A_SIDE * CELLS_A_SIDE];
  private int[] nextBlock = new int[0];
  private int[] used = new int[0];
  private double originX;
  private double originY;
  private double cellsPerX;
  private double cellsPerY;

  KeptGrid(OverlapTest overlaps) {
    this.overlaps = overlaps;
  }

  /** Empties the grid and lays it over the boxes of one class. */
  void start(SortedBoxes boxes, int from, int to) {
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    double widths = 0;
    double heights = 0;
    int proper = 1;
    for (int i = from; i < to; i++) {
      if (boxes.isProper(i)) {
        minX = Math.min(minX, boxes.left[i]);
        minY = Math.min(minY, boxes.top[i]);
        maxX = Math.max(maxX, boxes.right[i]);
        maxY = Math.max(maxY, boxes.bottom[i]);
        widths += boxes.right[i] - boxes.left[i];
        heights += boxes.bottom[i] - boxes.top[i];
        proper++;
      }
    }
    originX = minX;
    originY = minY;
    // a third of the mean side: a box covers about 16 cells, a cell few boxes more than a point
    cellsPerX = Math.min(3 * proper / widths, CELLS_A_SIDE / (maxX - minX));
    cellsPerY = Math.min(3 * proper / heights, CELLS_A_SIDE / (maxY - minY));
    blocks.clear();
    large.clear();
    Arrays.fill(heads, NONE);
  }

  /** Registers a kept box. */
  void add(Probe probe) {
    int x0 = cell(probe.left, originX, cellsPerX);
    int x1 = cell(probe.right, originX, cellsPerX);
    int y0 = cell(probe.top, originY, cellsPerY);
    int y1 = cell(probe.bottom, originY, cellsPerY);
    if ((x1 - x0 + 1) * (y1 - y0 + 1) > MAX_COVER) {
      large.add(probe);
      return;
    }
    for (int y = y0; y <= y1; y++) {
      for (int x = x0; x <= x1; x++) {
        register(y * CELLS_A_SIDE + x, probe);
      }
    }
  }

  private void register(int cell, Probe probe) {
    int head = heads[cell];
    if (head == NONE || used[head] == BoxColumns.BLOCK) {
      int block = blocks.addBlock() / BoxColumns.BLOCK;
      if (block >= used.length) {
        int capacity = Math.max(1024, 2 * used.length);
        used = Arrays.copyOf(used, capacity);
        nextBlock = Arrays.copyOf(nextBlock, capacity);
      }
      used[block] = 0;
      nextBlock[block] = head;
      heads[cell] = block;
      head = block;
    }
    blocks.set(head * BoxColumns.BLOCK + used[head]++, probe);
  }

  /** Returns what {@link OverlapTest#anyAbove} says of all registered boxes. */
  boolean anyAbove(Probe probe, float threshold) {
    double t = threshold - SLACK;
    double width = (double) probe.right - probe.left;
    double height = (double) probe.bottom - probe.top;
    int x0 = cell(probe.left + t * width, originX, cellsPerX);
    int x1 = cell(probe.right - t * width, originX, cellsPerX);
    int y0 = cell(probe.top + t * height, originY, cellsPerY);
    int y1 = cell(probe.bottom - t * height, originY, cellsPerY);
    return overlaps.anyAbove(large, 0, large.size(), probe, threshold)
        || anyInCell(y0 * CELLS_A_SIDE + x0, probe, threshold)
        || (x1 != x0 && anyInCell(y0 * CELLS_A_SIDE + x1, probe, threshold))
        || (y1 != y0 && anyInCell(y1 * CELLS_A_SIDE + x0, probe, threshold))
        || (x1 != x0 && y1 != y0 && anyInCell(y1 * CELLS_A_SIDE + x1, probe, threshold));
  }

  private boolean anyInCell(int cell, Probe probe, float threshold) {
    for (int block = heads[cell]; block != NONE; block = nextBlock[block]) {
      int start = block * BoxColumns.BLOCK;
      if (overlaps.anyAbove(blocks, start, start + used[block], probe, threshold)) {
        return true;
      }
    }
    return false;
  }

  /** Monotone in the coordinate, so a box covers the cells of all the points inside it. */
  private static int cell(double coordinate, double origin, double cellsPerUnit) {
    int cell = (int) ((coordinate - origin) * cellsPerUnit);
    return Math.min(Math.max(cell, 0), CELLS_A_SIDE - 1);
  }
}
