package io.stagemark.postprocess.decoder.dense;

import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.postprocess.nms.BoxList;

/** The scores of one candidate, from which its classes are chosen; one object, reused. */
final class ClassScores {
  private final float[] scores;

  ClassScores(int classes) {
    scores = new float[classes];
  }

  /** Returns the score of a class. */
  float get(int classId) {
    return scores[classId];
  }

  /** Sets the score of a class. */
  void set(int classId, float score) {
    scores[classId] = score;
  }

  /**
   * Appends the candidate for its best class (the lowest of equals), or for each class above. One
   * with a NaN among its scores is not taken: it has no best class.
   */
  void pick(int candidate, BoxDecoder.Filter filter, BoxList into) {
    float best = Float.NEGATIVE_INFINITY;
    int bestClass = 0;
    for (int c = 0; c < scores.length; c++) {
      float score = scores[c];
      if (Float.isNaN(score)) {
        return;
      }
      if (score > best) {
        best = score;
        bestClass = c;
      }
    }
    if (!(best > filter.scoreThreshold())) {
      return;
    }
    if (!filter.multiLabel()) {
      into.add(best, bestClass, candidate);
      return;
    }
    for (int c = 0; c < scores.length; c++) {
      if (scores[c] > filter.scoreThreshold()) {
        into.add(scores[c], c, candidate);
      }
    }
  }
}
