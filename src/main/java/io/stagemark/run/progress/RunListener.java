package io.stagemark.run.progress;

/**
 * Receives the progress of a run. Called in the parent's JVM: between trials, and a few times a
 * minute while one runs.
 */
public interface RunListener {

  /** A trial has ended. */
  default void progress(ProgressLine line) {}

  /** A trial goes on for more than a few seconds. */
  default void waiting(ProgressLine line) {}

  /** Work other than a trial has begun or ended. */
  default void note(String sentence) {}

  /** A trial has failed; the run goes on. */
  void failure(String caseLabel, int trial, String reason);
}
