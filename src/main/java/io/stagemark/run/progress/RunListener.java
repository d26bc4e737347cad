package io.stagemark.run.progress;

/**
 * Hears how a run goes on. Called in the parent's JVM: between trials, and a few times a minute
 * while one goes on.
 */
public interface RunListener {

  /** A trial has ended. */
  void progress(ProgressLine line);

  /** A trial goes on for more than a few seconds. */
  void waiting(WaitingLine line);

  /** Something beside the trials takes a moment, or has ended. */
  default void note(String sentence) {}

  /** A trial has failed; the run goes on. */
  void failure(String caseLabel, int trial, String reason);
}
