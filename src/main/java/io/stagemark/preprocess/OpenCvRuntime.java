package io.stagemark.preprocess;

import org.opencv.core.Core;

/**
 * OpenCV's native library, loaded once a JVM.
 *
 * <p>OpenCV's thread count is one number for the whole process. It is 1 here until {@link
 * #start(int)} says otherwise: threads that a measurement did not ask for are not in its report.
 */
public final class OpenCvRuntime {
  private static boolean loaded;

  private OpenCvRuntime() {}

  /** Loads the library, with one thread; does nothing if it was started before. */
  public static synchronized void start() {
    if (!loaded) {
      nu.pattern.OpenCV.loadLocally();
      loaded = true;
      Core.setNumThreads(1);
    }
  }

  /**
   * Loads the library and sets how many threads its calls use, now and later.
   *
   * @param threads at least 1
   * @throws IllegalStateException if OpenCV does not take that number
   */
  public static synchronized void start(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("OpenCV needs at least 1 thread, got " + threads);
    }
    start();
    Core.setNumThreads(threads);
    if (Core.getNumThreads() != threads) {
      throw new IllegalStateException(
          "OpenCV was asked for %d threads and takes %d".formatted(threads, Core.getNumThreads()));
    }
  }
}
