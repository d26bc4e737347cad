package io.stagemark.postprocess.nms;

/**
 * Soft-NMS: overlapping boxes lose score in place of being dropped.
 *
 * <p>Take the best box left (ties: the lowest index), stop if its score is below the threshold,
 * decay the others of its class by {@code 1 − iou} where iou &gt; the IoU threshold (linear), by
 * {@code e^(−iou²/σ)} (Gaussian) or to 0 where iou &gt; the threshold (hard). NaN scores are
 * dropped.
 *
 * <p>Source: Bodla et al., Soft-NMS, 2017, <a
 * href="https://arxiv.org/abs/1704.04503">arXiv:1704.04503</a>.
 */
final class SoftNms implements NmsVariant {
  private final Decay decay;
  private final double iouThreshold;
  private final double sigma;
  private final double scoreThreshold;
  private final double plusOne;
  private int[] kept = new int[0];
  private boolean[] done = new boolean[0];

  /** How an overlap lowers a score. */
  public enum Decay {
    LINEAR,
    GAUSSIAN,
    HARD
  }

  /**
   * @param iouThreshold for linear and hard
   * @param sigma for Gaussian, positive
   * @param scoreThreshold boxes whose score falls below are dropped
   * @param plusOne true for the original code's pixel convention: sides are right − left + 1
   */
  public SoftNms(
      Decay decay, double iouThreshold, double sigma, double scoreThreshold, boolean plusOne) {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("Soft-NMS needs a positive sigma, got " + sigma);
    }
    this.decay = decay;
    this.iouThreshold = iouThreshold;
    this.sigma = sigma;
    this.scoreThreshold = scoreThreshold;
    this.plusOne = plusOne ? 1 : 0;
  }

  @Override
  public int run(DoubleBoxes boxes) {
    if (kept.length < boxes.size) {
      kept = new int[boxes.scores.length];
      done = new boolean[boxes.scores.length];
    }
    java.util.Arrays.fill(done, 0, boxes.size, false);
    int found = 0;
    for (int best = best(boxes); best >= 0; best = best(boxes)) {
      kept[found++] = best;
      done[best] = true;
      decay(boxes, best);
    }
    return found;
  }

  /** Returns the best box left, or −1 if none reaches the threshold. */
  private int best(DoubleBoxes boxes) {
    int best = -1;
    for (int i = 0; i < boxes.size; i++) {
      double score = boxes.scores[i];
      if (!done[i] && score >= scoreThreshold && (best < 0 || score > boxes.scores[best])) {
        best = i;
      }
    }
    return best;
  }

  private void decay(DoubleBoxes boxes, int best) {
    for (int i = 0; i < boxes.size; i++) {
      // no factor lifts a score over the threshold, but a negative one
      boolean isOut = boxes.scores[i] >= 0 && boxes.scores[i] < scoreThreshold;
      if (!done[i] && !isOut && boxes.classIds[i] == boxes.classIds[best]) {
        boxes.scores[i] *= factor(boxes.iou(best, i, plusOne));
      }
    }
  }

  private double factor(double iou) {
    return switch (decay) {
      case LINEAR -> iou > iouThreshold ? 1 - iou : 1;
      case GAUSSIAN -> iou == 0 ? 1 : Math.exp(-(iou * iou) / sigma);
      case HARD -> iou > iouThreshold ? 0 : 1;
    };
  }

  @Override
  public int[] kept() {
    return kept;
  }
}
