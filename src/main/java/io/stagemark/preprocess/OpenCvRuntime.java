package io.stagemark.preprocess;

import org.opencv.core.Core;

/**
 * OpenCV's native library, loaded once a JVM.
 *
 * <p>OpenCV's thread count is one number for the whole process. It is 1 here: threads that a
 * measurement did not ask for are not in its report.
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
}
