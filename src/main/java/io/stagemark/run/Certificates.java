package io.stagemark.run;

import io.stagemark.report.Certificate;
import io.stagemark.report.Environment;
import io.stagemark.report.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where certificates lie: one file for each machine and JVM, under {@code reports/certificates}.
 */
public final class Certificates {
  /** What a report says where there is none. */
  static final String NONE = "not certified on this machine: ./stagemark doctor --certify";

  private Certificates() {}

  /** Returns what a certificate is filed under: processor, cores, system and JVM. */
  static String key(Environment environment) {
    CRC32C crc = new CRC32C();
    String what =
        String.join(
            "\n",
            environment.cpu(),
            Integer.toString(environment.cores()),
            environment.os(),
            environment.jdk());
    crc.update(what.getBytes(StandardCharsets.UTF_8));
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  /** Returns the file of a key. */
  public static Path file(String key) {
    return Path.of("reports", "certificates", key + ".json");
  }

  /** Returns what a report says of the calibration of this machine. */
  static String summary(Environment environment) {
    Path file = file(key(environment));
    Optional<Certificate> found = Optional.empty();
    if (Files.isRegularFile(file)) {
      try {
        found = Optional.of(ResultFiles.read(file, Certificate.class));
      } catch (IOException e) {
        return "the certificate cannot be read (" + file + "): ./stagemark doctor --certify";
      }
    }
    return found
        .map(
            certificate ->
                certificate.summary() + " (" + certificate.madeAt().substring(0, 10) + ")")
        .orElse(NONE);
  }
}
