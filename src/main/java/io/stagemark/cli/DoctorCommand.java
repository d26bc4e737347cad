package io.stagemark.cli;

import io.stagemark.calibrate.Certificates;
import io.stagemark.calibrate.Certification;
import io.stagemark.data.PlainText;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.doctor.Check;
import io.stagemark.machine.doctor.Check.Verdict;
import io.stagemark.machine.doctor.Doctor;
import io.stagemark.report.CertificateTable;
import io.stagemark.report.WrappedText;
import io.stagemark.result.Certificate;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.run.progress.RunListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether this machine is fit to measure on, and what to do about it. */
@Command(
    name = "doctor",
    description = "Checks whether this machine is fit to measure on, and advises.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./stagemark doctor --format json",
      "",
      "Exit code: 0 fit, 3 unfit: at least one check is BAD, or the certificate does not hold or",
      "states an error beyond 5 %% and is not kept."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final String INDENT = " ".repeat(25);

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private TextFormat format = TextFormat.TABLE;

  @Option(
      names = "--certify",
      description =
          "also runs an engine of known latencies through the whole program, holds what is reported"
              + " against the truth, and files the certificate that reports show; some minutes")
  private boolean certify;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    List<Check> checks = new Doctor(SystemFiles.ofThisMachine()).examine();
    PrintWriter out = spec.commandLine().getOut();
    if (format == TextFormat.TABLE) {
      out.println(table(checks));
    }
    Optional<Certificate> certificate = certify ? Optional.of(certificate()) : Optional.empty();
    if (format == TextFormat.JSON) {
      out.println(json(checks, certificate));
    } else {
      certificate.ifPresent(c -> out.println("\n" + CertificateTable.of(c) + "\n" + c.summary()));
    }
    boolean passed = certificate.map(DoctorCommand::certified).orElse(true);
    return Doctor.fit(checks) && passed ? ExitCode.OK : ExitCode.FAILED_RUN;
  }

  private static boolean certified(Certificate certificate) {
    return certificate.passed() && certificate.refusal().isEmpty();
  }

  /**
   * A certificate that does not hold is filed too: reports must not show an older, better one. One
   * that states an error beyond {@link Certificate#MAX_STATED_PERCENT} is not: other processes
   * disturbed it, so it says nothing about this program.
   */
  @SuppressWarnings("try") // the work is closed, not used
  private Certificate certificate() throws Exception {
    Path folder = TemporaryFiles.folder("stagemark-certify");
    RunListener listener = new PrintedProgress(spec.commandLine().getErr());
    Certificate certificate;
    try (ProgramEnd.Work work = ProgramEnd.work(() -> {}, () -> true, 0)) {
      certificate = new Certification(folder, Certification.Effort.LONG, listener).certify();
    } finally {
      ScratchTree.delete(folder);
    }
    Optional<Path> file = new Certificates(false).keep(certificate);
    spec.commandLine().getErr().println(kept(file, certificate));
    return certificate;
  }

  /** Returns where the certificate is, or why it is nowhere. */
  static String kept(Optional<Path> file, Certificate certificate) {
    return file.map(path -> "certificate: " + path)
        .orElseGet(
            () ->
                "certificate not kept: "
                    + certificate.refusal().orElseThrow()
                    + "; the machine is busy: try again when it is quiet");
  }

  static String json(List<Check> checks, Optional<Certificate> certificate) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("fit", Doctor.fit(checks));
    tree.put("checks", checks.stream().map(DoctorCommand::tree).toList());
    certificate.ifPresent(
        c -> {
          tree.put("certified", certified(c));
          tree.put("certificate", ResultFiles.tree(c));
        });
    return FigurePrinter.json(tree);
  }

  private static Map<String, Object> tree(Check check) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", check.name());
    tree.put("verdict", check.verdict().name());
    tree.put("found", check.found());
    tree.put("why", check.why());
    tree.put("try", check.advice());
    return tree;
  }

  static String table(List<Check> checks) {
    StringBuilder text = new StringBuilder();
    for (Check check : checks) {
      text.append(
          "%-6s  %-15s  %s%n"
              .formatted(check.verdict(), check.name(), PlainText.line(check.found())));
      if (check.verdict() != Verdict.OK) {
        text.append(wrapped("why: " + check.why())).append(wrapped("try: " + check.advice()));
      }
    }
    return text.append(verdict(checks)).toString();
  }

  /** Returns the sentence below what was found. */
  private static String wrapped(String sentence) {
    return String.join(
            System.lineSeparator(), WrappedText.lines(INDENT + sentence, INDENT + "     "))
        + System.lineSeparator();
  }

  private static String verdict(List<Check> checks) {
    long bad = checks.stream().filter(c -> c.verdict() == Verdict.BAD).count();
    long warn = checks.stream().filter(c -> c.verdict() == Verdict.WARN).count();
    return "%n%s: %d BAD, %d WARN of %d checks"
        .formatted(bad == 0 ? "fit" : "unfit", bad, warn, checks.size());
  }
}
