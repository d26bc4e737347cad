package io.stagemark.postprocess.nms;

import io.stagemark.data.LapProbe;
import io.stagemark.postprocess.nms.HardNms.Classes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Greedy suppression along the score order, all classes in one walk, that ends once enough boxes
 * are kept. Memory is reused.
 *
 * <p>Why it is exact: whether a box is kept depends on better boxes only, so what the walk has kept
 * of a prefix of the score order is what the whole would keep of it. So the rest need not be looked
 * at, and not be sorted: the order is made in growing prefixes.
 *
 * <p>For so few kept boxes that each can be compared with all of its class; {@link ClassWalk} is
 * for more.
 */
final class ScoreWalk {
  /** Sorted at first, in boxes kept at most; each further prefix is so many times longer. */
  private static final int FIRST_PREFIX = 4;

  private static final int GROWTH = 8;

  private final Classes classes;
  private final KeptTest keptTest;
  private final ScoreOrder scoreOrder;
  private final Probe probe = new Probe();
  private BoxColumns[] keptOfClass = new BoxColumns[0];

  ScoreWalk(float threshold, Classes classes, OverlapTest overlaps, ScoreOrder scoreOrder) {
    this.classes = classes;
    this.keptTest = new KeptTest(overlaps, threshold);
    this.scoreOrder = scoreOrder;
  }

  /**
   * Suppresses.
   *
   * @param count boxes that take part, best first
   * @param most boxes to keep
   * @param kept gets the indices of the kept boxes; at least {@code most} long
   * @param lapProbe called after each sort
   * @return how many are kept
   */
  int run(BoxList boxes, int count, int most, int[] kept, @Nullable LapProbe lapProbe) {
    for (BoxColumns columns : keptOfClass) {
      columns.clear();
    }
    int found = 0;
    int rank = 0;
    long prefix = (long) FIRST_PREFIX * most;
    while (rank < count && found < most) {
      if (lapProbe != null && rank > 0) {
        lapProbe.lap("nms");
      }
      int atLeast = (int) Math.min(prefix, count);
      int sorted = Math.min(count, scoreOrder.sortBest(boxes.scores(), boxes.size(), atLeast));
      prefix *= GROWTH;
      if (lapProbe != null) {
        lapProbe.lap("sort");
      }
      int[] order = scoreOrder.order();
      for (; rank < sorted && found < most; rank++) {
        if (keeps(boxes, order[rank])) {
          kept[found++] = order[rank];
        }
      }
    }
    return found;
  }

  /** Returns whether a box falls to none of the kept, and counts it among them if so. */
  private boolean keeps(BoxList boxes, int box) {
    int classId = boxes.classIds()[box];
    float offset = classes == Classes.MOVED ? classId * SortedBoxes.CLASS_OFFSET : 0;
    probe.set(
        boxes.left()[box] + offset,
        boxes.top()[box] + offset,
        boxes.right()[box] + offset,
        boxes.bottom()[box] + offset);
    BoxColumns columns = keptOf(classes == Classes.APART ? classId : 0);
    if (keptTest.anyAbove(columns, probe)) {
      return false;
    }
    columns.add(probe);
    return true;
  }

  private BoxColumns keptOf(int classId) {
    int known = keptOfClass.length;
    if (classId >= known) {
      keptOfClass = Arrays.copyOf(keptOfClass, classId + 1);
      for (int c = known; c <= classId; c++) {
        keptOfClass[c] = new BoxColumns();
      }
    }
    return keptOfClass[classId];
  }
}
