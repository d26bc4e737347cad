package io.stagemark.postprocess.nms;

import java.util.Arrays;

/**
 * Boxes in double precision, for the variants that are defined by formulas on scores. Memory is
 * reused.
 */
final class DoubleBoxes {
  double[] corners = new double[0];
  double[] scores = new double[0];
  int[] classIds = new int[0];
  int size;

  /** Takes the first {@code count} boxes of {@code order}. */
  void set(BoxList boxes, int[] order, int count, boolean agnostic) {
    reserve(count);
    size = count;
    for (int i = 0; i < count; i++) {
      int box = order[i];
      corners[4 * i] = boxes.left()[box];
      corners[4 * i + 1] = boxes.top()[box];
      corners[4 * i + 2] = boxes.right()[box];
      corners[4 * i + 3] = boxes.bottom()[box];
      scores[i] = boxes.scores()[box];
      classIds[i] = agnostic ? 0 : boxes.classIds()[box];
    }
  }

  private void reserve(int capacity) {
    if (scores.length < capacity) {
      int larger = Math.max(capacity, 2 * scores.length);
      corners = Arrays.copyOf(corners, 4 * larger);
      scores = Arrays.copyOf(scores, larger);
      classIds = Arrays.copyOf(classIds, larger);
    }
  }

  /**
   * Returns the IoU of two boxes; 0 where the union is empty.
   *
   * @param plusOne the pixel convention of older code: sides are right − left + 1
   */
  double iou(int i, int j, double plusOne) {
    double width =
        Math.min(corners[4 * i + 2], corners[4 * j + 2])
            - Math.max(corners[4 * i], corners[4 * j])
            + plusOne;
    double height =
        Math.min(corners[4 * i + 3], corners[4 * j + 3])
            - Math.max(corners[4 * i + 1], corners[4 * j + 1])
            + plusOne;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double intersection = width * height;
    double union = area(i, plusOne) + area(j, plusOne) - intersection;
    return union > 0 ? intersection / union : 0;
  }

  private double area(int i, double plusOne) {
    return (corners[4 * i + 2] - corners[4 * i] + plusOne)
        * (corners[4 * i + 3] - corners[4 * i + 1] + plusOne);
  }

  /** Writes into {@code order} the indices by descending score, ties in their order; NaN last. */
  void order(int[] order) {
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    if (isInOrder()) {
      return;
    }
    for (int width = 1; width < size; width *= 2) {
      mergePass(order, width);
    }
  }

  /** Candidates come sorted: then there is nothing left to do. */
  private boolean isInOrder() {
    for (int i = 1; i < size; i++) {
      if (isBetter(i, i - 1)) {
        return false;
      }
    }
    return true;
  }

  private int[] merged = new int[0];

  private void mergePass(int[] order, int width) {
    if (merged.length < size) {
      merged = new int[scores.length];
    }
    for (int start = 0; start < size; start += 2 * width) {
      int middle = Math.min(start + width, size);
      int end = Math.min(start + 2 * width, size);
      int a = start;
      int b = middle;
      for (int i = start; i < end; i++) {
        boolean first = a < middle && (b >= end || !isBetter(order[b], order[a]));
        merged[i] = first ? order[a++] : order[b++];
      }
    }
    System.arraycopy(merged, 0, order, 0, size);
  }

  private boolean isBetter(int i, int j) {
    return scores[i] > scores[j] || (Double.isNaN(scores[j]) && !Double.isNaN(scores[i]));
  }
}
