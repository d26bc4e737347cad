package io.stagemark.postprocess.decoder.dense;

import io.stagemark.data.Tensor;
import io.stagemark.data.VectorApi;

/**
 * The best score of each candidate where scores are stored class by class, {@code [classes,
 * candidates]}: one pass row by row in memory order, so that nothing is transposed. Memory is
 * reused.
 */
final class ClassMajor {
  private final int classes;
  private final int candidates;
  private float[] best = new float[0];
  private final RowMaximum maximum =
      VectorApi.choose(RowMaximum.class, "RowMaximumVector", PlainRowMaximum::new);

  ClassMajor(int classes, int candidates) {
    this.classes = classes;
    this.candidates = candidates;
  }

  /**
   * Returns the largest score of each candidate, valid until the next call. NaN loses each
   * comparison: those that pass are looked through for it.
   *
   * @param offset index of class 0, candidate 0
   */
  float[] best(Tensor tensor, int offset) {
    if (best.length != candidates) {
      best = new float[candidates]; // a head of rows never needs it
    }
    maximum.of(tensor, offset, classes, best);
    return best;
  }
}
