package io.stagemark.run.progress;

import static java.util.Locale.ROOT;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Progress of a run after a trial.
 *
 * @param done trials that have ended
 * @param total trials of the run
 * @param caseLabel model, engine, device, threads and batch
 * @param trial from 1, within the case
 * @param trials of the case
 * @param batches that were measured
 * @param totalMedianNanos median time of a batch, in nanoseconds; the inner one is empty if there
 *     were too few batches, the outer one if the trial failed
 * @param remainingSeconds estimate for the rest of the run, in seconds
 */
public record ProgressLine(
    int done,
    int total,
    String caseLabel,
    int trial,
    int trials,
    int batches,
    Optional<OptionalLong> totalMedianNanos,
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
        totalMedianNanos.map(this::measured).orElse("FAILED"),
        remainingSeconds);
  }

  private String measured(OptionalLong median) {
    return median.isPresent()
        ? String.format(ROOT, "%d batches  p50 %.2f ms", batches, median.getAsLong() / 1e6)
        : String.format(ROOT, "%d batches", batches);
  }
}
