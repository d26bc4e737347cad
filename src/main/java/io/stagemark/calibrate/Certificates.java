package io.stagemark.calibrate;

import static java.util.Locale.ROOT;

import io.stagemark.data.BadInputException;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.output.OutputTree;
import io.stagemark.result.Certificate;
import io.stagemark.result.Certificate.Form;
import io.stagemark.result.Environment;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.process.Interruption;
import io.stagemark.run.progress.ProgressLine;
import io.stagemark.run.progress.RunListener;
import io.stagemark.run.record.Calibration;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The stored certificates: one file for each machine, JVM and build, under {@code
 * reports/certificates}, and another one for the short form.
 */
public final class Certificates implements Calibration {
  private static final String CERTIFY = "./stagemark doctor --certify";

  /** What a report says where there is none. */
  static final String NONE = "not certified on this machine: " + CERTIFY;

  private static final Pattern JAR = Pattern.compile("stagemark[^/\\\\]*\\.jar");

  private final boolean make;

  /**
   * @param make whether a run makes the short form where this machine and build have neither form
   */
  public Certificates(boolean make) {
    this.make = make;
  }

  /** Returns what a certificate is filed under: processor, cores, system, JVM and build. */
  static String key(Environment environment) throws IOException {
    CRC32C crc = new CRC32C();
    String what =
        String.join(
            "\n",
            environment.cpu(),
            Integer.toString(environment.cores()),
            environment.os(),
            environment.jdk());
    crc.update(what.getBytes(StandardCharsets.UTF_8));
    Optional<Path> jar = jar();
    if (jar.isPresent()) {
      crc.update(Files.readAllBytes(jar.get()));
    }
    return String.format(ROOT, "%08x", crc.getValue());
  }

  /** Returns the jar that this program runs from; empty where it runs from classes. */
  private static Optional<Path> jar() {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.class.path"))
        .map(Path::of)
        .filter(entry -> JAR.matcher(String.valueOf(entry.getFileName())).matches())
        .findFirst();
  }

  /** Returns the file of a key. */
  static Path file(String key, Form form) {
    return Path.of("reports", "certificates", key + (form == Form.SHORT ? "-short" : "") + ".json");
  }

  /** Writes a certificate where reports look for it, and returns the file. */
  public static Path keep(Certificate certificate) throws IOException {
    Path file = file(certificate.key(), certificate.form());
    String name = String.valueOf(file.getFileName());
    OutputTree folder = OutputTree.of(file.resolveSibling(""));
    if (isCertificate(file)) {
      folder.claim(name); // of a version that kept no list
    }
    ResultFiles.write(folder, name, certificate);
    return file;
  }

  private static boolean isCertificate(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && !ResultFiles.read(file, Certificate.class).madeAt().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes the short form where there is neither form for this machine and build. A program that
   * runs from classes is not a build: its classes may change from day to day.
   */
  @Override
  public void prepare(Environment environment, RunListener listener, Interruption interruption)
      throws IOException, InterruptedException {
    String key = key(environment);
    if (!make || jar().isEmpty() || found(key).isPresent()) {
      return;
    }
    listener.note(
        "calibration, once for this machine and build, some 7 s: an engine of known latencies"
            + " (--no-calibration leaves it out)");
    long start = System.nanoTime();
    Path folder = TemporaryFiles.folder("stagemark-calibration");
    try {
      Certificate certificate =
          new Certification(folder, Certification.Effort.BRIEF, new Unheard(listener), interruption)
              .certify();
      Path file = keep(certificate);
      listener.note(
          String.format(
              ROOT,
              "%s; %.1f s; kept in %s",
              certificate.summary(),
              (System.nanoTime() - start) / 1e9,
              file));
    } catch (BadInputException | IOException e) {
      // The run itself is none the worse for it: its report says that nothing was certified.
      listener.note("calibration failed, the report will say so: " + e.getMessage());
    } finally {
      ScratchTree.delete(folder);
    }
  }

  /** Receives failures alone: a calibration's trials do not concern the user. */
  private record Unheard(RunListener next) implements RunListener {
    @Override
    public void waiting(ProgressLine line) {
      next.waiting(line);
    }

    @Override
    public void failure(String caseLabel, int trial, String reason) {
      next.failure(caseLabel, trial, reason);
    }
  }

  private static Optional<Path> found(String key) {
    return Stream.of(Form.LONG, Form.SHORT)
        .map(form -> file(key, form))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** Returns the line of the long form, if there is one, else of the short form. */
  @Override
  public String summary(Environment environment) throws IOException {
    Optional<Path> file = found(key(environment));
    if (file.isEmpty()) {
      return NONE;
    }
    try {
      Certificate certificate = ResultFiles.read(file.get(), Certificate.class);
      String day = certificate.madeAt().substring(0, 10);
      return certificate.summary()
          + (certificate.form() == Form.SHORT
              ? " (short form, " + day + "; the long one: " + CERTIFY + ")"
              : " (" + day + ")");
    } catch (IOException e) {
      return "the certificate cannot be read (" + file.get() + "): " + CERTIFY;
    }
  }
}
