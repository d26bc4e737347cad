package io.stagemark.result.comparison;

import io.stagemark.data.Stage;
import io.stagemark.stats.Interval;

/**
 * A stage's part in the change of the total.
 *
 * @param caseId of the baseline's case
 * @param stage such as {@code forward}; {@code total} is the whole
 * @param nanos change of its p50, in nanoseconds
 * @param interval of {@code nanos}
 */
public record BlameShare(String caseId, String stage, double nanos, Interval interval) {
  /** Returns whether it is the whole. */
  public boolean ofTotal() {
    return stage.equals(Stage.TOTAL.label());
  }

  /** Returns whether it took longer, and not by chance. */
  public boolean rose() {
    return interval.low() > 0;
  }
}
