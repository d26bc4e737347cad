package io.stagemark.postprocess.nms;

/**
 * Fast NMS: a box falls if any better one of its class, fallen or not, overlaps it by the threshold
 * or more. Drops slightly more than greedy suppression.
 *
 * <p>Source: Bolya et al., YOLACT, 2019, <a
 * href="https://arxiv.org/abs/1904.02689">arXiv:1904.02689</a>.
 */
final class FastNms implements NmsVariant {
  private final double iouThreshold;
  private int[] order = new int[0];
  private int[] kept = new int[0];

  /**
   * @param iouThreshold a box falls at this IoU or above
   */
  public FastNms(double iouThreshold) {
    this.iouThreshold = iouThreshold;
  }

  @Override
  public int run(DoubleBoxes boxes) {
    if (order.length < boxes.size) {
      order = new int[boxes.scores.length];
      kept = new int[boxes.scores.length];
    }
    boxes.order(order);
    int found = 0;
    for (int rank = 0; rank < boxes.size; rank++) {
      int i = order[rank];
      boolean keep = true;
      for (int better = 0; better < rank && keep; better++) {
        int j = order[better];
        keep = boxes.classIds[j] != boxes.classIds[i] || !(boxes.iou(j, i, 0) >= iouThreshold);
      }
      if (keep) {
        kept[found++] = i;
      }
    }
    return found;
  }

  @Override
  public int[] kept() {
    return kept;
  }
}
