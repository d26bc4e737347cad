package io.stagemark.run;

import static java.util.Locale.ROOT;

import java.util.OptionalDouble;

/**
 * Where a run stands after a trial.
 *
 * @param done trials that have ended
 * @param total trials of the run
 * @param caseLabel model, engine, device, threads and batch
 * @param trial from 1, within the case
 * @param trials of the case
 * @param batches that were measured
 * @param totalMillis median time of a batch, in milliseconds; empty if the trial failed
 * @param remainingSeconds estimate for the rest of the run, in seconds
 */
public record ProgressLine(
    int done,
    int total,
    String caseLabel,
    int trial,
    int trials,
    int batches,
    OptionalDouble totalMillis,
    long remainingSeconds) {

  /** Returns one line of fixed field order, for a terminal and for a log alike. */
  @Override
  public String toString() {
    return String.format(
        ROOT,
        "[%d/%d] %s  trial %d/%d  %s  about %d s left",
        done,
        total,
        caseLabel,
        trial,
        trials,
        totalMillis.isPresent()
            ? String.format(ROOT, "%d batches  p50 %.2f ms", batches, totalMillis.getAsDouble())
            : "FAILED",
        remainingSeconds);
  }
}
