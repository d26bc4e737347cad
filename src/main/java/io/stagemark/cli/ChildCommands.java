package io.stagemark.cli;

import io.stagemark.trial.ChildFailure;
import java.nio.file.Path;
import java.util.Set;

/** What the hidden commands share: whatever they end with is left for the parent to read. */
final class ChildCommands {
  private static final Set<String> NAMES = Set.of("trial", "block");

  private ChildCommands() {}

  /** A child's work. */
  interface Body {
    /** Does it; any exception is left for the parent. */
    void run() throws Exception;
  }

  /**
   * Returns whether the arguments start a child: its temporary folder and its end are the parent's.
   */
  static boolean isChild(String... args) {
    return args.length > 0 && NAMES.contains(args[0]);
  }

  /**
   * Does a child's work.
   *
   * @param folder of the child
   */
  static int run(Path folder, Body body) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          ChildFailure.write(folder, thrown);
          Runtime.getRuntime().halt(ExitCode.FAILED_RUN);
        });
    try {
      body.run();
      return ExitCode.OK;
    } catch (Exception | Error e) {
      ChildFailure.write(folder, e);
      throw e;
    }
  }
}
