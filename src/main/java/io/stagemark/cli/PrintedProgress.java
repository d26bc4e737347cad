package io.stagemark.cli;

import io.stagemark.data.PlainText;
import io.stagemark.run.progress.ProgressLine;
import io.stagemark.run.progress.RunListener;
import java.io.PrintWriter;

/** Prints how a run goes on: a line each time in a log, one line that changes in a terminal. */
record PrintedProgress(PrintWriter err) implements RunListener {
  @Override
  public void progress(ProgressLine line) {
    ConsoleWriter.printProgress(err, PlainText.line(line.toString()));
  }

  @Override
  public void waiting(ProgressLine line) {
    ConsoleWriter.printProgress(err, PlainText.line(line.toString()));
  }

  @Override
  public void note(String sentence) {
    err.println(PlainText.lines(sentence));
    err.flush();
  }

  @Override
  public void failure(String caseLabel, int trial, String reason) {
    err.println(
        PlainText.lines("%s trial %d: %s".formatted(PlainText.line(caseLabel), trial, reason)));
  }
}
