package io.stagemark.postprocess;

import io.stagemark.data.Prediction.ScoredClass;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Class scores to the best classes of each slot: the last step of the network where it leaves it
 * out, then a selection. Nothing is allocated in {@link #run}. Not thread-safe.
 */
public final class ClassPostprocessor {
  private static final int BEST = 5;

  private final LastStep last;
  private final OptionalDouble threshold;
  private final double[] row;
  private final int most;
  private final int[] ids;
  private final double[] scores;
  private final int[] counts;

  /**
   * @param last step of the network that it leaves out
   * @param threshold classes that come out larger are kept; empty: the five best are
   * @param classes number of classes, at least 1
   * @param slots examples in a batch
   */
  public ClassPostprocessor(LastStep last, OptionalDouble threshold, int classes, int slots) {
    this.last = last;
    this.threshold = threshold;
    this.row = new double[classes];
    this.most = threshold.isPresent() ? classes : Math.min(BEST, classes);
    this.ids = new int[slots * most];
    this.scores = new double[slots * most];
    this.counts = new int[slots];
  }

  /**
   * Selects the classes of one slot.
   *
   * @param output {@code [slots, classes]}, read with absolute access
   */
  public void run(FloatBuffer output, int slot) {
    for (int c = 0; c < row.length; c++) {
      row[c] = output.get(slot * row.length + c);
    }
    last.apply(row);
    double least = threshold.orElse(Double.NEGATIVE_INFINITY);
    int count = 0;
    for (int c = 0; c < row.length; c++) {
      if (row[c] > least) {
        count = insert(slot * most, count, c);
      }
    }
    counts[slot] = count;
  }

  /** Keeps the best sorted; of equal scores the lower class comes first. */
  private int insert(int first, int count, int classId) {
    double score = row[classId];
    if (count == most && score <= scores[first + count - 1]) {
      return count;
    }
    int at = Math.min(count, most - 1);
    while (at > 0 && scores[first + at - 1] < score) {
      scores[first + at] = scores[first + at - 1];
      ids[first + at] = ids[first + at - 1];
      at--;
    }
    scores[first + at] = score;
    ids[first + at] = classId;
    return Math.min(count + 1, most);
  }

  /** Returns the classes of a slot, likeliest first. */
  public List<ScoredClass> best(int slot) {
    List<ScoredClass> best = new ArrayList<>();
    for (int i = slot * most; i < slot * most + counts[slot]; i++) {
      best.add(new ScoredClass(ids[i], scores[i]));
    }
    return best;
  }
}
