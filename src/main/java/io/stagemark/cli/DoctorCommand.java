package io.stagemark.cli;

import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.doctor.Check;
import io.stagemark.machine.doctor.Check.Verdict;
import io.stagemark.machine.doctor.Doctor;
import io.stagemark.report.Certificate;
import io.stagemark.report.ResultFiles;
import io.stagemark.run.Certification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "  ./stagemark doctor --certify",
      "",
      "Exit code: 0 fit (or certified), 3 unfit (at least one check is BAD, or a figure too far off)."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int WIDTH = 100;
  private static final String INDENT = " ".repeat(25);

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Format format = Format.table;

  @Option(
      names = "--certify",
      description =
          "measures an engine of known latencies through the whole program (some minutes) and keeps"
              + " the certificate that every report then shows")
  private boolean certify;

  @Spec private CommandSpec spec;

  /** How the checks are written. */
  enum Format {
    table,
    json
  }

  @Override
  public Integer call() throws Exception {
    if (certify) {
      return certified();
    }
    List<Check> checks = new Doctor(SystemFiles.ofThisMachine()).examine();
    boolean fit = Doctor.fit(checks);
    spec.commandLine().getOut().println(format == Format.json ? json(checks, fit) : table(checks));
    return fit ? ExitCode.OK : ExitCode.FAILED_RUN;
  }

  private int certified() throws Exception {
    Path folder = Files.createTempDirectory("stagemark-certify");
    try {
      Certificate certificate =
          new Certification(folder, Certification.Effort.LONG, new ProgressPrinter(spec)).certify();
      Path file = Certification.keep(certificate);
      var out = spec.commandLine().getOut();
      out.println(format == Format.json ? ResultFiles.text(certificate) : certificate.table());
      if (format == Format.table) {
        out.println(certificate.summary());
        out.println(file);
      }
      return certificate.passed() ? ExitCode.OK : ExitCode.FAILED_RUN;
    } finally {
      ScratchFolder.delete(folder);
    }
  }

  static String json(List<Check> checks, boolean fit) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("fit", fit);
    tree.put("checks", checks.stream().map(DoctorCommand::tree).toList());
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
      text.append("%-6s  %-15s  %s%n".formatted(check.verdict(), check.name(), check.found()));
      if (check.verdict() != Verdict.OK) {
        text.append(wrapped("why: " + check.why())).append(wrapped("try: " + check.advice()));
      }
    }
    return text.append(verdict(checks)).toString();
  }

  /** Returns lines of at most 100 columns, below what was found. */
  private static String wrapped(String sentence) {
    StringBuilder text = new StringBuilder();
    String line = INDENT;
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH && !line.isBlank()) {
        text.append(line.stripTrailing()).append(System.lineSeparator());
        line = INDENT + "     ";
      }
      line += word + " ";
    }
    return text.append(line.stripTrailing()).append(System.lineSeparator()).toString();
  }

  private static String verdict(List<Check> checks) {
    long bad = checks.stream().filter(c -> c.verdict() == Verdict.BAD).count();
    long warn = checks.stream().filter(c -> c.verdict() == Verdict.WARN).count();
    return "%n%s: %d BAD, %d WARN of %d checks"
        .formatted(bad == 0 ? "fit" : "unfit", bad, warn, checks.size());
  }
}
