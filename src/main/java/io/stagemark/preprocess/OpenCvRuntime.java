package io.stagemark.preprocess;

import io.stagemark.data.UnpackedNatives;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
      String file = System.mapLibraryName(Core.NATIVE_LIBRARY_NAME);
      Optional<Path> shared = UnpackedNatives.of(Core.class, resources(), List.of(file));
      if (shared.isPresent()) {
        System.load(shared.get().resolve(file).toAbsolutePath().toString());
      } else {
        nu.pattern.OpenCV.loadLocally();
      }
      loaded = true;
      Core.setNumThreads(1);
    }
  }

  /** Returns the folder of this platform in the jar, as it is named there. */
  private static String resources() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String system = os.contains("mac") ? "osx" : os.contains("win") ? "windows" : "linux";
    String processor =
        arch.equals("aarch64") ? "ARMv8" : arch.startsWith("arm") ? "ARMv7" : "x86_64";
    return "/nu/pattern/opencv/" + system + "/" + processor;
  }
}
