package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * The rule of OpenCV's {@code dnn.softNMSBoxes}, for results equal to its: boxes as whole x, y,
 * width, height; the best box left is taken while its score is at least the threshold (ties: the
 * lower index), the others decay by {@code 1 − overlap} or {@code e^(−overlap²/σ)}, in float32;
 * scores below the threshold decay no further. NaN scores are dropped.
 */
public final class OpenCvSoftNms {
  private final float scoreThreshold;
  private final float nmsThreshold;
  private final int topK;
  private final float sigma;
  private final boolean gaussian;
  private float[] scores = new float[0];

  /**
   * @param scoreThreshold at least 0
   * @param nmsThreshold at least 0; for the linear method
   * @param topK boxes kept at most; 0: all
   * @param sigma at least 0; for the Gaussian method
   * @param gaussian false: linear
   * @throws IllegalArgumentException where OpenCV has an assertion
   */
  public OpenCvSoftNms(
      float scoreThreshold, float nmsThreshold, int topK, float sigma, boolean gaussian) {
    if (!(scoreThreshold >= 0 && nmsThreshold >= 0 && sigma >= 0 && topK >= 0)) {
      throw new IllegalArgumentException(
          "OpenCV's soft NMS needs values of at least 0: score %s, nms %s, top_k %d, sigma %s"
              .formatted(scoreThreshold, nmsThreshold, topK, sigma));
    }
    this.scoreThreshold = scoreThreshold;
    this.nmsThreshold = nmsThreshold;
    this.topK = topK;
    this.sigma = sigma;
    this.gaussian = gaussian;
  }

  /**
   * Runs the rule.
   *
   * @param rects x, y, width, height of each box, whole numbers
   * @return indices of the kept boxes in the order they were taken; {@link #score} has their scores
   */
  public int[] keep(double[] rects, float[] initialScores) {
    OpenCvNms.requireRects(rects, initialScores.length);
    scores = initialScores.clone();
    int count = scores.length;
    boolean[] taken = new boolean[count];
    int[] kept = new int[count];
    int found = 0;
    int limit = topK == 0 ? count : Math.min(topK, count);
    while (found < limit) {
      int best = best(taken);
      if (best < 0) {
        break;
      }
      taken[best] = true;
      kept[found++] = best;
      for (int i = 0; i < count; i++) {
        if (!taken[i] && scores[i] >= scoreThreshold) {
          scores[i] = decayed(scores[i], OpenCvNms.overlap(rects, best, i));
        }
      }
    }
    return Arrays.copyOf(kept, found);
  }

  private int best(boolean[] taken) {
    int best = -1;
    for (int i = 0; i < scores.length; i++) {
      if (!taken[i] && scores[i] >= scoreThreshold && (best < 0 || scores[i] > scores[best])) {
        best = i;
      }
    }
    return best;
  }

  private float decayed(float score, float overlap) {
    if (gaussian) {
      return score * (float) Math.exp(-(overlap * overlap) / sigma);
    }
    return overlap > nmsThreshold ? score * (1f - overlap) : score;
  }

  /** Returns the score of a box after the last {@link #keep}. */
  public float score(int box) {
    return scores[box];
  }
}
