package io.stagemark.study;

import java.io.IOException;
import java.nio.file.Path;

/** A background load: one thread that multiplies until somebody ends it. */
public final class BusyProgram {
  private static final long STEPS = 1L << 28;

  private BusyProgram() {}

  /** Starts one as a process of its own. */
  static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            BusyProgram.class.getName())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] args) {
    long value = 1;
    // an overflow to this very value ends it; its parent does so long before
    while (value != 0) {
      for (long i = 0; i < STEPS; i++) {
        value = value * 6364136223846793005L + 1442695040888963407L;
      }
    }
    System.out.println(value);
  }
}
