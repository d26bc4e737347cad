package io.stagemark.postprocess.nms;

/**
 * DIoU-NMS: greedy suppression by {@code iou − (ρ²/c²)^β}, where ρ is the distance of the centres
 * and c the diagonal of the smallest box around both: boxes apart are spared.
 *
 * <p>Source: Zheng et al., Distance-IoU Loss, 2019, <a
 * href="https://arxiv.org/abs/1911.08287">arXiv:1911.08287</a>.
 */
final class DiouNms implements NmsVariant {
  private final double iouThreshold;
  private final double beta;
  private int[] order = new int[0];
  private int[] kept = new int[0];

  /**
   * @param iouThreshold a box falls if the penalised IoU is strictly above
   * @param beta exponent of the penalty, positive; the paper's is 1
   */
  public DiouNms(double iouThreshold, double beta) {
    if (!(beta > 0)) {
      throw new IllegalArgumentException("DIoU-NMS needs a positive beta, got " + beta);
    }
    this.iouThreshold = iouThreshold;
    this.beta = beta;
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
      for (int k = 0; k < found && keep; k++) {
        keep =
            boxes.classIds[kept[k]] != boxes.classIds[i]
                || !(boxes.iou(kept[k], i, 0) - penalty(boxes.corners, kept[k], i) > iouThreshold);
      }
      if (keep) {
        kept[found++] = i;
      }
    }
    return found;
  }

  private double penalty(double[] corners, int i, int j) {
    double dx = corners[4 * i] + corners[4 * i + 2] - corners[4 * j] - corners[4 * j + 2];
    double dy = corners[4 * i + 1] + corners[4 * i + 3] - corners[4 * j + 1] - corners[4 * j + 3];
    double width =
        Math.max(corners[4 * i + 2], corners[4 * j + 2]) - Math.min(corners[4 * i], corners[4 * j]);
    double height =
        Math.max(corners[4 * i + 3], corners[4 * j + 3])
            - Math.min(corners[4 * i + 1], corners[4 * j + 1]);
    double diagonal = width * width + height * height;
    return diagonal == 0 ? 0 : Math.pow((dx * dx + dy * dy) / 4 / diagonal, beta);
  }

  @Override
  public int[] kept() {
    return kept;
  }
}
