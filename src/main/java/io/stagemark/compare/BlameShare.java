package io.stagemark.compare;

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
  boolean ofTotal() {
    return stage.equals(Stage.TOTAL.label());
  }

  /** Returns whether it took longer, and not by chance. */
  boolean rose() {
    return interval.low() > 0;
  }

  /** Returns it as a part of the total's change where the total rose too, else beside it. */
  String within(BlameShare total) {
    return total.rose()
        ? "%s %s of %s %s"
            .formatted(
                stage, Shown.signedMillis(nanos), Shown.signedMillis(total.nanos), shownInterval())
        : "%s, while the total changed by %s %s"
            .formatted(alone(), Shown.signedMillis(total.nanos), total.shownInterval());
  }

  /** Returns the total where no stage regressed by itself. */
  String ofNoStage() {
    return "no stage by itself, %s".formatted(alone());
  }

  /** Returns it without a total. */
  String alone() {
    return "%s %s %s".formatted(stage, Shown.signedMillis(nanos), shownInterval());
  }

  /** Returns its interval as people read it. */
  String shownInterval() {
    return Shown.interval(interval, Shown::signedMillis);
  }
}
