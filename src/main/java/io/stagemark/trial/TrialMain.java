package io.stagemark.trial;

import java.io.IOException;
import java.nio.file.Path;

/** The main class of a trial's JVM, which the parent starts. */
public final class TrialMain {
  private static final int FAILED = 3;

  private TrialMain() {}

  /**
   * Runs a trial.
   *
   * @param args the trial's folder, which holds the request
   */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Thread orphanWatch = new Thread(TrialMain::haltWhenOrphaned, "stagemark-orphan-watch");
    orphanWatch.setDaemon(true);
    orphanWatch.start();
    ChildEntry.run(folder, () -> Trial.run(folder));
  }

  /** The parent holds the other end of standard input, which ends with the parent. */
  private static void haltWhenOrphaned() {
    try {
      while (System.in.read() >= 0) {
        // The parent never writes; a byte is no reason to end.
      }
    } catch (IOException e) {
      // A broken pipe means the same as a closed one.
    }
    Runtime.getRuntime().halt(FAILED);
  }
}
