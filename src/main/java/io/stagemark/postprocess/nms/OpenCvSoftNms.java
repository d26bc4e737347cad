package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * The rule of OpenCV's {@code dnn.softNMSBoxes}, for results equal to its: boxes as whole x, y,
 * width, height; the best box left is taken while its score is at least the threshold (ties: the
 * lower index), the others decay by {@code 1 − overlap} or {@code e^(−overlap²/σ)}, in float32;
 * scores below the threshold decay no further. A NaN score is below no threshold and better than no
 * other, and so is kept, at the place in the order where OpenCV's search comes upon it.
 */
public final class OpenCvSoftNms {
  private final float scoreThreshold;
  private final float nmsThreshold;
  private final int topK;
  private final float sigma;
  private final boolean gaussian;
  private float[] scores = new float[0];
  private int left;
  private boolean dropping;

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
    int[] boxes = new int[initialScores.length];
    return Arrays.copyOf(boxes, keep(rects, initialScores, boxes.length, boxes));
  }

  /**
   * As {@link #keep(double[], float[])}, on the first {@code count} boxes, in reused memory.
   *
   * @param boxes gets the indices of the kept boxes; at least {@code count} long
   * @return how many are kept
   */
  int keep(double[] rects, float[] initialScores, int count, int[] boxes) {
    if (scores.length < count) {
      scores = new float[Math.max(count, 2 * scores.length)];
    }
    System.arraycopy(initialScores, 0, scores, 0, count);
    for (int i = 0; i < count; i++) {
      boxes[i] = i;
    }
    int limit = topK == 0 ? count : Math.min(topK, count);
    left = count;
    dropping = sigma > 0 && isFinite(rects, 4 * count) && isFinite(scores, count);
    int found = 0;
    int at = best(boxes, 0, -1, rects);
    while (found < Math.min(limit, left)) {
      int best = boxes[at];
      if (scores[best] < scoreThreshold) {
        break;
      }
      boxes[at] = boxes[found];
      boxes[found++] = best;
      at = best(boxes, found, best, rects);
    }
    return found;
  }

  /**
   * Returns the place of the best box from {@code start} on, each decayed by {@code taken} before
   * it is compared (−1: none is); a NaN at {@code start} stays the best. One walk for both: OpenCV
   * walks twice. Where no NaN can be, places mean nothing, and what fell below the threshold is
   * dropped from the next walks.
   */
  private int best(int[] boxes, int start, int taken, double[] rects) {
    int best = start;
    float bestScore = 0;
    int end = start;
    for (int k = start; k < left; k++) {
      int i = boxes[k];
      float score = scores[i];
      if (taken >= 0 && !(score < scoreThreshold) && !(sigma > 0 && isApart(rects, taken, i))) {
        score = decayed(score, OpenCvNms.overlap(rects, taken, i));
        scores[i] = score;
      }
      if (dropping && score < scoreThreshold) {
        continue;
      }
      boxes[end] = i;
      if (end == start || score > bestScore || (score == bestScore && i < boxes[best])) {
        best = end;
        bestScore = score;
      }
      end++;
    }
    left = end;
    return best;
  }

  private static boolean isFinite(double[] values, int count) {
    double zeros = 0;
    for (int i = 0; i < count; i++) {
      zeros += 0 * values[i]; // NaN of NaN and of infinity
    }
    return zeros == 0;
  }

  private static boolean isFinite(float[] values, int count) {
    float zeros = 0;
    for (int i = 0; i < count; i++) {
      zeros += 0 * values[i];
    }
    return zeros == 0;
  }

  /** Boxes with area that share none overlap by 0, which lowers no score: most pairs. */
  private static boolean isApart(double[] rects, int a, int b) {
    int i = 4 * a;
    int j = 4 * b;
    boolean apart =
        rects[i] + rects[i + 2] <= rects[j]
            || rects[j] + rects[j + 2] <= rects[i]
            || rects[i + 1] + rects[i + 3] <= rects[j + 1]
            || rects[j + 1] + rects[j + 3] <= rects[i + 1];
    return apart && rects[i + 2] * rects[i + 3] + rects[j + 2] * rects[j + 3] >= 1;
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
