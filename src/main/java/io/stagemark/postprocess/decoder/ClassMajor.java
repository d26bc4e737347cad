package io.stagemark.postprocess.decoder;

import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Filters scores that lie class by class, {@code [classes, candidates]}: one pass row by row in
 * memory order, so that nothing is transposed. Memory is reused.
 */
final class ClassMajor {
  private final int classes;
  private final int candidates;
  private final float[] best;
  private final float[] row;

  ClassMajor(int classes, int candidates) {
    this.classes = classes;
    this.candidates = candidates;
    this.best = new float[candidates];
    this.row = new float[candidates];
  }

  /**
   * Appends score, class and candidate index of those above; boxes are still to be set.
   *
   * @param offset index of class 0, candidate 0
   */
  void filter(FloatBuffer scores, int offset, BoxDecoder.Filter filter, BoxList into) {
    findBest(scores, offset);
    float threshold = filter.scoreThreshold();
    for (int i = 0; i < candidates; i++) {
      if (best[i] > threshold) {
        select(scores, offset + i, filter, i, into);
      }
    }
  }

  /** NaN loses each comparison here; {@link #select} looks for it in the few that pass. */
  private void findBest(FloatBuffer scores, int offset) {
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < classes; c++) {
      scores.get(offset + c * candidates, row, 0, candidates);
      for (int i = 0; i < row.length; i++) {
        best[i] = row[i] > best[i] ? row[i] : best[i];
      }
    }
  }

  private void select(
      FloatBuffer scores, int first, BoxDecoder.Filter filter, int candidate, BoxList into) {
    int start = into.size();
    int bestClass = -1;
    for (int c = 0; c < classes; c++) {
      float score = scores.get(first + c * candidates);
      if (Float.isNaN(score)) {
        into.truncate(start);
        return;
      }
      if (filter.multiLabel()) {
        if (score > filter.scoreThreshold()) {
          into.add(score, c, candidate);
        }
      } else if (bestClass < 0 && score == best[candidate]) {
        bestClass = c;
      }
    }
    if (!filter.multiLabel()) {
      into.add(best[candidate], bestClass, candidate);
    }
  }
}
