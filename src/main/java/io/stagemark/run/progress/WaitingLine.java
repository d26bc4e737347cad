package io.stagemark.run.progress;

import static java.util.Locale.ROOT;

/**
 * Progress of a run while a trial runs.
 *
 * @param done trials that have ended
 * @param total trials of the run
 * @param caseLabel model, engine, device, threads and batch
 * @param trial from 1, within the case
 * @param trials of the case
 * @param phase of the trial: load, warm-up, measure, score
 * @param seconds since the trial began
 * @param remainingSeconds estimate for the rest of the run, in seconds
 */
public record WaitingLine(
    int done,
    int total,
    String caseLabel,
    int trial,
    int trials,
    String phase,
    long seconds,
    long remainingSeconds) {

  /** Returns one line with the fields of a {@link ProgressLine}. */
  @Override
  public String toString() {
    return String.format(
        ROOT,
        "[%d/%d] %s  trial %d/%d  %s, %d s  about %d s left",
        done,
        total,
        caseLabel,
        trial,
        trials,
        phase,
        seconds,
        remainingSeconds);
  }
}
