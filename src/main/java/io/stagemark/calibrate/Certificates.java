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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The stored certificates: one file for each machine, JVM and build, under {@code
 * reports/certificates}, and another one for the short form. One that states an error beyond {@link
 * Certificate#MAX_STATED_PERCENT} is neither kept nor, if an older version kept it, used.
 */
public final class Certificates implements Calibration {
  private static final String CERTIFY = "./stagemark doctor --certify";

  /** What a report says where there is none. */
  static final String NONE = "not certified on this machine: " + CERTIFY;

  private static final Pattern JAR = Pattern.compile("stagemark[^/\\\\]*\\.jar");

  /** Calibrations of a run: a machine that was busy during the first may be quiet in the next. */
  static final int MAX_TRIES = 3;

  private final Path folder;
  private final Optional<Maker> maker;
  private Optional<String> refused = Optional.empty();

  /** Makes the short form. */
  interface Maker {
    /** Returns a certificate, kept or not. */
    Certificate make(RunListener listener, Interruption interruption)
        throws IOException, BadInputException, InterruptedException;
  }

  /**
   * @param make whether a run makes the short form where this machine and build have neither form;
   *     a program that runs from classes is not a build: its classes may change from day to day
   */
  public Certificates(boolean make) {
    this(
        Path.of("reports", "certificates"),
        make && jar().isPresent() ? Optional.of(Certificates::brief) : Optional.empty());
  }

  /**
   * @param folder of the files
   * @param maker of the short form; empty where a run makes none
   */
  Certificates(Path folder, Optional<Maker> maker) {
    this.folder = folder;
    this.maker = maker;
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
  Path file(String key, Form form) {
    return folder.resolve(key + (form == Form.SHORT ? "-short" : "") + ".json");
  }

  /**
   * Writes a certificate where reports look for it.
   *
   * @return the file; empty if it states an error that is too large to be kept
   */
  public Optional<Path> keep(Certificate certificate) throws IOException {
    if (certificate.refusal().isPresent()) {
      return Optional.empty();
    }
    Path file = file(certificate.key(), certificate.form());
    String name = String.valueOf(file.getFileName());
    OutputTree tree = OutputTree.of(folder);
    if (isCertificate(file)) {
      tree.claim(name); // of a version that kept no list
    }
    ResultFiles.write(tree, name, certificate);
    return Optional.of(file);
  }

  private static boolean isCertificate(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && !ResultFiles.read(file, Certificate.class).madeAt().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes the short form where there is no usable form for this machine and build. */
  @Override
  public void prepare(Environment environment, RunListener listener, Interruption interruption)
      throws IOException, InterruptedException {
    if (maker.isEmpty() || stored(key(environment)).stream().anyMatch(Stored::settled)) {
      return;
    }
    listener.note(
        "calibration, once for this machine and build, some 7 s: an engine of known latencies"
            + " (--no-calibration leaves it out)");
    try {
      refused = tried(maker.get(), listener, interruption);
      refused.ifPresent(why -> listener.note("calibration not kept: " + why));
    } catch (BadInputException | IOException e) {
      // The run itself is none the worse for it: its report says that nothing was certified.
      listener.note("calibration failed, the report will say so: " + e.getMessage());
    }
  }

  /** Returns why no try was kept; empty if one was. */
  private Optional<String> tried(Maker maker, RunListener listener, Interruption interruption)
      throws IOException, BadInputException, InterruptedException {
    long start = System.nanoTime();
    String why = "";
    for (int attempt = 1; attempt <= MAX_TRIES; attempt++) {
      Certificate certificate = maker.make(new Unheard(listener), interruption);
      Optional<Path> file = keep(certificate);
      if (file.isPresent()) {
        double seconds = (System.nanoTime() - start) / 1e9;
        listener.note(
            String.format(
                ROOT, "%s; %.1f s; kept in %s", certificate.summary(), seconds, file.get()));
        return Optional.empty();
      }
      why = certificate.refusal().orElseThrow();
      if (attempt < MAX_TRIES) {
        listener.note(
            String.format(
                ROOT, "calibration: %s: once more (%d of %d)", why, attempt + 1, MAX_TRIES));
      }
    }
    return Optional.of(
        String.format(ROOT, "%s, in the last of %d tries; the machine is busy", why, MAX_TRIES));
  }

  private static Certificate brief(RunListener listener, Interruption interruption)
      throws IOException, BadInputException, InterruptedException {
    Path folder = TemporaryFiles.folder("stagemark-calibration");
    try {
      return new Certification(folder, Certification.Effort.BRIEF, listener, interruption)
          .certify();
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

  /**
   * A file that is there.
   *
   * @param certificate in it; empty if it cannot be read
   * @param problem why it is not used; empty if it is
   */
  private record Stored(Optional<Certificate> certificate, Optional<String> problem) {
    /** One that cannot be read is not overwritten. */
    boolean settled() {
      return certificate.isEmpty() || problem.isEmpty();
    }
  }

  /** Returns the long form and the short form, as far as there are files. */
  private List<Stored> stored(String key) {
    return Stream.of(Form.LONG, Form.SHORT)
        .map(form -> file(key, form))
        .filter(Files::isRegularFile)
        .map(Certificates::read)
        .toList();
  }

  private static Stored read(Path file) {
    try {
      Certificate certificate = ResultFiles.read(file, Certificate.class);
      return new Stored(
          Optional.of(certificate),
          certificate
              .refusal()
              .map(
                  why ->
                      "not certified on this machine: the stored certificate states "
                          + why
                          + ": "
                          + CERTIFY));
    } catch (IOException e) {
      return new Stored(
          Optional.empty(),
          Optional.of("the certificate cannot be read (" + file + "): " + CERTIFY));
    }
  }

  /**
   * Returns the line of the long form, if there is a usable one, else of the short form, else why
   * there is none.
   */
  @Override
  public String summary(Environment environment) throws IOException {
    List<Stored> files = stored(key(environment));
    for (Stored each : files) {
      if (each.problem().isEmpty()) {
        return line(each.certificate().orElseThrow());
      }
    }
    if (refused.isPresent()) {
      return "not certified on this machine: " + refused.get() + ": " + CERTIFY;
    }
    return files.stream().flatMap(each -> each.problem().stream()).findFirst().orElse(NONE);
  }

  private static String line(Certificate certificate) {
    String day = certificate.madeAt().substring(0, 10);
    return certificate.summary()
        + (certificate.form() == Form.SHORT
            ? " (short form, " + day + "; the long one: " + CERTIFY + ")"
            : " (" + day + ")");
  }
}
