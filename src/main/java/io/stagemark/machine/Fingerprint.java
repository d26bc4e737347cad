package io.stagemark.machine;

import io.stagemark.data.Sha256;
import java.nio.charset.StandardCharsets;

/** A short name of a machine. */
public final class Fingerprint {
  private static final int SHORT = 12;
  private static final double GIB = 1 << 30;

  private Fingerprint() {}

  /**
   * Returns a short name of a machine: equal for runs that may be compared on their times. Twelve
   * digits of the digest of its parts; minor updates of the system and the JVM do not change it.
   *
   * @param cpu model name
   * @param threads processors that may be used
   * @param memoryBytes rounded to GiB: the kernel keeps a little of it, and not always the same
   * @param os name and architecture
   * @param jvmFeature such as 17
   */
  public static String machine(
      String cpu, int threads, long memoryBytes, String os, int jvmFeature) {
    String parts =
        "%s|%d|%d|%s|%d".formatted(cpu, threads, Math.round(memoryBytes / GIB), os, jvmFeature);
    return Sha256.of(parts.getBytes(StandardCharsets.UTF_8)).substring(0, SHORT);
  }
}
