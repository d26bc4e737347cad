package io.stagemark.postprocess.nms;

import io.stagemark.postprocess.nms.HardNms.Classes;

/**
 * Greedy suppression of sorted boxes a class at a time, for any number of kept boxes: a grid finds
 * the few that matter. Memory is reused.
 */
final class ClassWalk {
  /** From so many kept boxes of a class on, a grid finds the few that matter. */
  private static final int GRID_FROM = 256;

  private final float threshold;
  private final Classes classes;
  private final KeptTest keptTest;
  private final KeptGrid grid;
  private final SortedBoxes sorted = new SortedBoxes();
  private final BoxColumns keptBoxes = new BoxColumns();
  private final Probe probe = new Probe();

  ClassWalk(float threshold, Classes classes, OverlapTest overlaps) {
    this.threshold = threshold;
    this.classes = classes;
    this.keptTest = new KeptTest(overlaps, threshold);
    this.grid = new KeptGrid(overlaps);
  }

  /**
   * Suppresses.
   *
   * @param order indices of {@code count} boxes, best score first
   * @param most boxes to keep
   * @param kept gets the indices of the kept boxes; at least {@code most} long
   * @return how many are kept
   */
  int run(BoxList boxes, int[] order, int count, int most, int[] kept) {
    sorted.load(boxes, order, count, classes);
    for (int segment = 0; segment < sorted.segments(); segment++) {
      suppress(sorted.start(segment), sorted.start(segment + 1), most);
    }
    int found = 0;
    for (int rank = 0; rank < count && found < most; rank++) {
      if (sorted.isKept(rank)) {
        kept[found++] = order[rank];
      }
    }
    return found;
  }

  private void suppress(int start, int end, int most) {
    keptBoxes.clear();
    boolean gridded = false;
    int found = 0;
    for (int i = start; i < end && found < most; i++) {
      sorted.probe(i, probe);
      if (gridded && !sorted.isProper(i)) {
        sorted.keep(i);
        found++;
      } else if (gridded
          ? !grid.anyAbove(probe, threshold)
          : !keptTest.anyAbove(keptBoxes, probe)) {
        sorted.keep(i);
        found++;
        if (gridded) {
          grid.add(probe);
        } else {
          keptBoxes.add(probe);
        }
        if (found == GRID_FROM && threshold >= KeptGrid.SMALLEST_THRESHOLD) {
          gridded = true;
          layGrid(start, i, end);
        }
      }
    }
  }

  private void layGrid(int start, int last, int end) {
    grid.start(sorted, start, end);
    for (int i = start; i <= last; i++) {
      if (sorted.isKeptAt(i) && sorted.isProper(i)) {
        sorted.probe(i, probe);
        grid.add(probe);
      }
    }
  }
}
