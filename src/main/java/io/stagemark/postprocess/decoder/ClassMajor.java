package io.stagemark.postprocess.decoder;

import io.stagemark.data.Tensor;
import io.stagemark.data.VectorApi;
import io.stagemark.postprocess.nms.BoxList;
import java.nio.FloatBuffer;

/**
 * Filters scores that are stored class by class, {@code [classes, candidates]}: one pass row by row
 * in memory order, so that nothing is transposed. Memory is reused.
 */
final class ClassMajor {
  private final int classes;
  private final int candidates;
  private final float[] best;
  private final RowMaximum maximum =
      VectorApi.choose(RowMaximum.class, "RowMaximumVector", PlainRowMaximum::new);
  private final ClassScores scores;

  ClassMajor(int classes, int candidates) {
    this.classes = classes;
    this.candidates = candidates;
    this.best = new float[candidates];
    this.scores = new ClassScores(classes);
  }

  /**
   * Appends score, class and candidate index of those above; boxes are still to be set.
   *
   * @param offset index of class 0, candidate 0
   */
  void filter(Tensor tensor, int offset, BoxDecoder.Filter filter, BoxList into) {
    maximum.of(tensor, offset, classes, best);
    float threshold = filter.scoreThreshold();
    FloatBuffer values = tensor.floats();
    for (int i = 0; i < candidates; i++) {
      // NaN lost each comparison so far: the few that pass are looked through for it
      if (best[i] > threshold) {
        for (int c = 0; c < classes; c++) {
          scores.set(c, values.get(offset + c * candidates + i));
        }
        scores.pick(i, filter, into);
      }
    }
  }
}
