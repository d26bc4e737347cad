package io.stagemark.run.progress;

import static java.util.Locale.ROOT;

/**
 * Progress of a run, after a trial or while one runs.
 *
 * @param done trials that have ended
 * @param total trials of the run
 * @param caseLabel model, engine, device, threads and batch
 * @param trial from 1, within the case
 * @param trials of the case
 * @param state of the trial: what it measured, {@code FAILED}, or its phase and the time since its
 *     beginning
 * @param remainingSeconds estimate for the rest of the run, in seconds
 * @param atMost whether the run ends earlier once a precision is reached
 */
public record ProgressLine(
    int done,
    int total,
    String caseLabel,
    int trial,
    int trials,
    String state,
    long remainingSeconds,
    boolean atMost) {

  /** Returns one line of fixed field order, for a terminal and for a log alike. */
  @Override
  public String toString() {
    return String.format(
        ROOT,
        "[%d/%d] %s  trial %d/%d  %s  %s %d s left",
        done,
        total,
        caseLabel,
        trial,
        trials,
        state,
        atMost ? "at most" : "about",
        remainingSeconds);
  }
}
