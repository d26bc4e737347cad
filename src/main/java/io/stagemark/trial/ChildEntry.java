package io.stagemark.trial;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What the main classes of child JVMs share: whatever the child ends with is written for its parent
 * to read ({@link ChildFailure}), and to standard error, which the parent keeps.
 */
public final class ChildEntry {
  private static final int FAILED = 3;

  private ChildEntry() {}

  /** A child's work. */
  public interface Body {
    /** Does the work; any exception is written for the parent. */
    void run() throws Exception;
  }

  /**
   * Does a child's work and ends the process.
   *
   * @param folder of the child
   */
  public static void run(Path folder, Body body) {
    // Numbers are written one way: a comma in a figure would break every reader of it.
    Locale.setDefault(Locale.ROOT);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          failed(folder, thrown);
          Runtime.getRuntime().halt(FAILED);
        });
    int code = 0;
    try {
      body.run();
    } catch (Throwable e) {
      failed(folder, e);
      code = FAILED;
    }
    System.exit(code);
  }

  private static void failed(Path folder, Throwable thrown) {
    ChildFailure.write(folder, thrown);
    thrown.printStackTrace();
  }
}
