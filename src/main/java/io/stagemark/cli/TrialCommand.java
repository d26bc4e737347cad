package io.stagemark.cli;

import io.stagemark.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The child's side of a trial; not for people. */
@Command(name = "trial", hidden = true)
final class TrialCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER")
  private Path folder = Path.of("");

  @Override
  public Integer call() throws Exception {
    Thread orphanWatch = new Thread(TrialCommand::haltWhenOrphaned, "stagemark-orphan-watch");
    orphanWatch.setDaemon(true);
    orphanWatch.start();
    return ChildCommands.run(folder, () -> Trial.run(folder));
  }

  /** The parent holds the other end of standard input: its end is the parent's. */
  private static void haltWhenOrphaned() {
    try {
      while (System.in.read() >= 0) {
        // The parent never writes; whatever comes is no reason to end.
      }
    } catch (IOException e) {
      // A broken pipe says the same as a closed one.
    }
    Runtime.getRuntime().halt(ExitCode.FAILED_RUN);
  }
}
