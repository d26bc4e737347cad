package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * The rules of OpenCV's {@code dnn.NMSBoxes} and {@code NMSBoxesBatched}, for results equal to
 * theirs: boxes as x, y, width, height; scores strictly above the threshold, sorted stably, cut to
 * {@code topK} before suppression; a box is kept if its overlap with each kept one is at most the
 * threshold; with {@code eta} below 1 the threshold shrinks after each kept box while it is above
 * 0.5. Two boxes without area overlap by 1: the second falls. NaN scores are dropped.
 */
final class OpenCvNms {
  private final float scoreThreshold;
  private final float nmsThreshold;
  private final float eta;
  private final int topK;
  private final ScoreOrder scoreOrder = new ScoreOrder();
  private float[] ranked = new float[0];

  /**
   * @param scoreThreshold at least 0
   * @param nmsThreshold at least 0
   * @param eta positive; 1 leaves the threshold alone
   * @param topK boxes that take part at most; 0 or less: all
   * @throws IllegalArgumentException where OpenCV has an assertion
   */
  public OpenCvNms(float scoreThreshold, float nmsThreshold, float eta, int topK) {
    if (!(scoreThreshold >= 0 && nmsThreshold >= 0 && eta > 0)) {
      throw new IllegalArgumentException(
          "OpenCV's NMS needs thresholds of at least 0 and a positive eta: score %s, nms %s, eta %s"
              .formatted(scoreThreshold, nmsThreshold, eta));
    }
    this.scoreThreshold = scoreThreshold;
    this.nmsThreshold = nmsThreshold;
    this.eta = eta;
    this.topK = topK;
  }

  /**
   * {@code NMSBoxes} on {@code Rect2d}.
   *
   * @param rects x, y, width, height of each box
   * @return indices of the kept boxes, best score first
   * @throws IllegalArgumentException if the lengths disagree
   */
  public int[] keep(double[] rects, float[] scores) {
    requireRects(rects, scores.length);
    int[] kept = new int[scores.length];
    return Arrays.copyOf(kept, keep(rects, scores, scores.length, kept));
  }

  /**
   * As {@link #keep(double[], float[])}, on the first {@code count} boxes, in reused memory.
   *
   * @param kept gets the indices of the kept boxes; at least {@code count} long
   * @return how many are kept
   */
  int keep(double[] rects, float[] scores, int count, int[] kept) {
    int above = takeAbove(scores, count);
    int[] order = scoreOrder.sort(ranked, count);
    int taking = topK > 0 ? Math.min(above, topK) : above;
    int found = 0;
    float threshold = nmsThreshold;
    for (int rank = 0; rank < taking; rank++) {
      int i = order[rank];
      boolean keep = true;
      for (int k = 0; k < found && keep; k++) {
        keep = overlap(rects, i, kept[k]) <= threshold;
      }
      if (keep) {
        kept[found++] = i;
        if (eta < 1 && threshold > 0.5) {
          threshold *= eta;
        }
      }
    }
    return found;
  }

  /**
   * Moves boxes as {@code NMSBoxesBatched} does, so that classes do not touch: by {@code class ·
   * (largest coordinate + 1)}. Where that is inexact, or the coordinate is −1, classes do touch:
   * OpenCV's result, not the exact one of {@link HardNms}.
   */
  static void moveApart(double[] rects, int[] classIds, int count) {
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double x = rects[4 * i];
      double y = rects[4 * i + 1];
      largest = Math.max(largest, Math.max(x, y));
      largest = Math.max(largest, Math.max(x + rects[4 * i + 2], y + rects[4 * i + 3]));
    }
    for (int i = 0; i < count; i++) {
      double offset = classIds[i] * (largest + 1);
      rects[4 * i] += offset;
      rects[4 * i + 1] += offset;
    }
  }

  static void requireRects(double[] rects, int count) {
    if (rects.length != 4 * count) {
      throw new IllegalArgumentException(
          "%d scores need %d coordinates, got %d".formatted(count, 4 * count, rects.length));
    }
  }

  /** Ranks scores that are not above the threshold last; returns how many are. */
  private int takeAbove(float[] scores, int count) {
    if (ranked.length < count) {
      ranked = new float[Math.max(count, 2 * ranked.length)];
    }
    int above = 0;
    for (int i = 0; i < count; i++) {
      boolean isAbove = scores[i] > scoreThreshold;
      ranked[i] = isAbove ? scores[i] : Float.NEGATIVE_INFINITY;
      above += isAbove ? 1 : 0;
    }
    return above;
  }

  /** {@code 1.f − (float) jaccardDistance}, in double inside. */
  static float overlap(double[] rects, int i, int j) {
    double areas = rects[4 * i + 2] * rects[4 * i + 3] + rects[4 * j + 2] * rects[4 * j + 3];
    if (areas <= Math.ulp(1.0)) {
      return 1;
    }
    double shared =
        side(rects[4 * i], rects[4 * i + 2], rects[4 * j], rects[4 * j + 2])
            * side(rects[4 * i + 1], rects[4 * i + 3], rects[4 * j + 1], rects[4 * j + 3]);
    return 1f - (float) (1.0 - shared / (areas - shared));
  }

  /** Length that two intervals share, in the order of operations of OpenCV's rectangles. */
  private static double side(double start, double length, double otherStart, double otherLength) {
    boolean first = start < otherStart;
    double low = first ? start : otherStart;
    double high = first ? otherStart : start;
    double lowLength = first ? length : otherLength;
    double highLength = first ? otherLength : length;
    return Math.max(0, Math.min(lowLength - (high - low), highLength));
  }
}
