package io.stagemark.cli;

import io.stagemark.run.ProgressLine;
import io.stagemark.run.RunListener;
import io.stagemark.run.WaitingLine;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Tells on standard error how a run goes on.
 *
 * @param spec of the command whose error stream is written to
 */
record ProgressPrinter(CommandSpec spec) implements RunListener {

  @Override
  public void progress(ProgressLine line) {
    spec.commandLine().getErr().println(line);
  }

  @Override
  public void waiting(WaitingLine line) {
    spec.commandLine().getErr().println(line);
  }

  @Override
  public void failure(String caseLabel, int trial, String reason) {
    spec.commandLine()
        .getErr()
        .println(String.format(Locale.ROOT, "%s trial %d: %s", caseLabel, trial, reason));
  }
}
