package io.stagemark.postprocess.nms;

import java.util.ArrayList;
import java.util.List;

/**
 * Weighted box fusion of one model's own boxes: boxes that overlap become one box, the mean of
 * their corners weighted by score; its score is the mean of theirs.
 *
 * <p>Greedy by descending score: a box joins the cluster of its class whose fused box it overlaps
 * most, if by more than the threshold. Boxes without area are dropped, corners out of order are
 * swapped, negative coordinates become 0.
 *
 * <p>Source: Solovyev et al., 2019, <a
 * href="https://arxiv.org/abs/1910.13302">arXiv:1910.13302</a>; the same boxes in the same order as
 * the authors' code, in reused memory.
 */
final class SelfFusion {
  private final double iouThreshold;
  private final double scoreThreshold;
  private final ScoreOrder order = new ScoreOrder();
  private final ScoreOrder outerOrder = new ScoreOrder();
  private final List<FusedCluster> clusters = new ArrayList<>();
  private int[] classOf = new int[0];
  private float[] keys = new float[0];
  private int[] members = new int[0];
  private int used;

  SelfFusion(double iouThreshold, double scoreThreshold) {
    this.iouThreshold = iouThreshold;
    this.scoreThreshold = scoreThreshold;
  }

  /**
   * Fuses; the boxes are replaced by the fused ones, best first.
   *
   * @param best indices of the {@code count} boxes that take part
   * @param agnostic true: boxes of all classes become one class, 0
   */
  void run(BoxList boxes, int[] best, int count, boolean agnostic) {
    if (keys.length < count) {
      int capacity = Math.max(count, 2 * keys.length);
      keys = new float[capacity];
      members = new int[capacity];
      classOf = new int[capacity];
    }
    used = 0;
    int taking = 0;
    // backwards: among equal scores the last comes first, as numpy's reversed argsort has it
    for (int i = count - 1; i >= 0; i--) {
      if (boxes.scores()[best[i]] >= scoreThreshold && area(boxes, best[i]) != 0) {
        members[taking] = best[i];
        keys[taking++] = boxes.scores()[best[i]];
      }
    }
    int[] descending = order.sort(keys, taking);
    for (int i = 0; i < taking; i++) {
      int box = members[descending[i]];
      join(boxes, box, agnostic ? 0 : boxes.classIds()[box]);
    }
    replace(boxes);
  }

  private static double area(BoxList boxes, int i) {
    return (right(boxes, i) - left(boxes, i)) * (bottom(boxes, i) - top(boxes, i));
  }

  private static double left(BoxList boxes, int i) {
    return Math.max(Math.min((double) boxes.left()[i], boxes.right()[i]), 0);
  }

  private static double top(BoxList boxes, int i) {
    return Math.max(Math.min((double) boxes.top()[i], boxes.bottom()[i]), 0);
  }

  private static double right(BoxList boxes, int i) {
    return Math.max(Math.max((double) boxes.left()[i], boxes.right()[i]), 0);
  }

  private static double bottom(BoxList boxes, int i) {
    return Math.max(Math.max((double) boxes.top()[i], boxes.bottom()[i]), 0);
  }

  private void join(BoxList boxes, int box, int classId) {
    double l = left(boxes, box);
    double t = top(boxes, box);
    double r = right(boxes, box);
    double b = bottom(boxes, box);
    int nearest = -1;
    double most = iouThreshold;
    for (int c = 0; c < used; c++) {
      double iou = classOf[c] == classId ? clusters.get(c).iou(l, t, r, b) : 0;
      if (iou > most) {
        most = iou;
        nearest = c;
      }
    }
    if (nearest >= 0) {
      clusters.get(nearest).add(l, t, r, b, boxes.scores()[box]);
      return;
    }
    if (used == clusters.size()) {
      clusters.add(new FusedCluster());
    }
    classOf[used] = classId;
    clusters.get(used++).start(l, t, r, b, boxes.scores()[box]);
  }

  /** Best first; among equals the higher class, then the younger cluster. */
  private void replace(BoxList boxes) {
    for (int i = 0; i < used; i++) {
      keys[i] = classOf[used - 1 - i];
    }
    int[] byClass = outerOrder.sort(keys, used);
    for (int i = 0; i < used; i++) {
      members[i] = used - 1 - byClass[i];
      keys[i] = (float) clusters.get(members[i]).score();
    }
    int[] descending = order.sort(keys, used);
    boxes.clear();
    for (int i = 0; i < used; i++) {
      int c = members[descending[i]];
      boxes.add(keys[descending[i]], classOf[c], i);
      clusters.get(c).into(boxes, i);
    }
  }

  /** Returns how many boxes the last {@link #run} left. */
  int size() {
    return used;
  }
}
