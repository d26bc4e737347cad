package io.stagemark.cli;

import io.stagemark.run.ProgressLine;
import io.stagemark.run.RunListener;
import io.stagemark.run.WaitingLine;
import java.io.PrintWriter;

/** Prints how a run goes on, a line each time. */
record PrintedProgress(PrintWriter err) implements RunListener {
  @Override
  public void progress(ProgressLine line) {
    err.println(line);
  }

  @Override
  public void waiting(WaitingLine line) {
    err.println(line);
  }

  @Override
  public void note(String sentence) {
    err.println(sentence);
    err.flush();
  }

  @Override
  public void failure(String caseLabel, int trial, String reason) {
    err.println("%s trial %d: %s".formatted(caseLabel, trial, reason));
  }
}
