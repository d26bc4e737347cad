package io.stagemark.run;

/** Hears how a run goes on. Called between trials, never while one measures. */
public interface RunListener {

  /** A trial has ended. */
  void progress(ProgressLine line);

  /** A trial has failed; the run goes on. */
  void failure(String caseLabel, int trial, String reason);
}
