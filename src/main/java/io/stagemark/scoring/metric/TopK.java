package io.stagemark.scoring.metric;

import io.stagemark.scoring.MergeableState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Share of examples whose true class is among the k largest scores; of equal scores the lower class
 * index comes first, and NaN comes last. Not thread-safe.
 */
public final class TopK implements MergeableState {
  private final int k;
  private long hits;
  private long count;

  /**
   * @param k how many classes count, at least 1
   */
  public TopK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k is at least 1, got " + k);
    }
    this.k = k;
  }

  /** Adds one example: a score a class and the true class. */
  public void add(double[] scores, int truth) {
    hits += rank(scores, truth) < k ? 1 : 0;
    count++;
  }

  /** Returns the place of a class among the scores, from 0: how many come before it. */
  public static int rank(double[] scores, int classId) {
    double own = scores[classId];
    int before = 0;
    for (int c = 0; c < scores.length; c++) {
      boolean larger = scores[c] > own || (Double.isNaN(own) && !Double.isNaN(scores[c]));
      boolean equal = scores[c] == own || (Double.isNaN(own) && Double.isNaN(scores[c]));
      before += larger || (equal && c < classId) ? 1 : 0;
    }
    return before;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(hits);
    out.writeLong(count);
  }

  @Override
  public void add(DataInput in) throws IOException {
    hits += in.readLong();
    count += in.readLong();
  }

  /** Returns the share of hits; NaN of nothing. */
  public double value() {
    return (double) hits / count;
  }
}
