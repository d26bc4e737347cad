package io.stagemark.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests in lower-case hexadecimal. */
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
    return HexFormat.of()
        .formatHex(sha256().digest(parts.getBytes(StandardCharsets.UTF_8)))
        .substring(0, SHORT);
  }

  /** Returns the digest of a file. */
  static String file(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
