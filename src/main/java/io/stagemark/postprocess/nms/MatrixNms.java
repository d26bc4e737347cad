package io.stagemark.postprocess.nms;

/**
 * Matrix NMS: every box is decayed at once by {@code min_i f(iou_ij) / f(comp_i)} over the better
 * boxes i of its class, where comp_i is the largest IoU of i with a box better still; {@code f(x) =
 * e^(−σx²)} (Gaussian) or {@code 1 − x} (linear).
 *
 * <p>Where {@code f(comp_i) = 0} (an exact duplicate under the linear kernel) the published formula
 * divides 0 by 0; the factor is left out. Boxes come in the order of the scores they had. None is
 * dropped.
 *
 * <p>Source: Wang et al., SOLOv2, 2020, <a
 * href="https://arxiv.org/abs/2003.10152">arXiv:2003.10152</a>.
 */
final class MatrixNms implements NmsVariant {
  /** Exponents further apart give factors whose order no rounding changes. */
  private static final double CLEAR = 1e-9;

  /** Largest sigma whose exponentials all have full precision. */
  private static final double MAX_SIGMA = 700;

  private final boolean gaussian;
  private final double sigma;
  private int[] order = new int[0];
  private double[] denominators = new double[0];
  private double[] exponents = new double[0];
  private double[] decays = new double[0];

  /**
   * @param gaussian false: the linear kernel
   * @param sigma of the Gaussian; the paper's is 2
   */
  public MatrixNms(boolean gaussian, double sigma) {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("Matrix NMS needs a positive sigma, got " + sigma);
    }
    this.gaussian = gaussian;
    this.sigma = sigma;
  }

  @Override
  public int run(DoubleBoxes boxes) {
    if (order.length < boxes.size) {
      order = new int[boxes.scores.length];
      denominators = new double[order.length];
      exponents = new double[order.length];
      decays = new double[order.length];
    }
    boxes.order(order);
    for (int rank = 0; rank < boxes.size; rank++) {
      decayOf(boxes, rank);
    }
    for (int rank = 0; rank < boxes.size; rank++) {
      boxes.scores[order[rank]] *= decays[rank];
    }
    return boxes.size;
  }

  private void decayOf(DoubleBoxes boxes, int rank) {
    int j = order[rank];
    double largest = 0;
    double decay = 1;
    double most = 0;
    for (int better = 0; better < rank; better++) {
      int i = order[better];
      if (boxes.classIds[i] == boxes.classIds[j]) {
        double iou = boxes.iou(i, j, 0);
        // boxes apart: f(0) = 1 over at most 1 lowers nothing
        if (iou != 0) {
          largest = Math.max(largest, iou);
          double excess = sigma * iou * iou - exponents[better];
          if (denominators[better] > 0 && !isClearlyLess(excess, most)) {
            decay = Math.min(decay, kernel(iou) / denominators[better]);
            most = Math.max(most, excess);
          }
        }
      }
    }
    denominators[rank] = kernel(largest);
    exponents[rank] = sigma * largest * largest;
    decays[rank] = decay;
  }

  /** The Gaussian factor is e^−excess: one that is larger than the least so far needs no powers. */
  private boolean isClearlyLess(double excess, double most) {
    return gaussian && sigma <= MAX_SIGMA && excess < most - CLEAR;
  }

  private double kernel(double iou) {
    return gaussian ? Math.exp(-sigma * iou * iou) : 1 - iou;
  }

  @Override
  public int[] kept() {
    return order;
  }
}
