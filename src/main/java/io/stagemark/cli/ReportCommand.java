package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.output.OutputException;
import io.stagemark.report.InvalidCases;
import io.stagemark.report.Reporter;
import io.stagemark.result.RunResult;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.spi.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders a stored run or comparison again. */
@Command(
    name = "report",
    description = "Renders a stored run or comparison again, from its JSON file.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./stagemark report reports/quickstart --format markdown",
      "  ./stagemark report reports/quickstart --format csv,jmh-json",
      "  ./stagemark report reports/gate-example --format markdown"
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      description = "folder of a run, comparison or gate; or its result.json or comparison.json")
  private Path run = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      split = ",",
      description =
          "reporters, see ./stagemark list reporters (default: console); of a comparison: console,"
              + " markdown, junit, json")
  private List<String> formats = List.of("console");

  @Option(
      names = "--with-invalid",
      description =
          "write INVALID cases too, which formats of other programs (csv, jmh-json, …) leave out:"
              + " their figures are wrong")
  private boolean withInvalid;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Optional<Path> comparison = ComparisonFile.at(run);
    Renderer runs = new Renderer(spec.commandLine().getOut());
    if (withInvalid
        && (comparison.isPresent() || formats.stream().noneMatch(runs.exports()::contains))) {
      throw new BadInputException(
          new Problem(
              "--with-invalid",
              "with --format " + String.join(",", formats),
              "a run, and a format that leaves INVALID cases out: "
                  + String.join(", ", runs.exports()),
              "leave --with-invalid out: every case is shown"));
    }
    if (comparison.isPresent()) {
      ComparisonRenderer renderer = new ComparisonRenderer();
      renderer.check(formats);
      Comparison read = ComparisonFile.read(comparison.get());
      for (String format : formats) {
        renderer.print(format, read, spec.commandLine().getOut());
      }
      return ExitCode.OK;
    }
    ComparisonRenderer.checkFormats(
        formats, Registry.discover(Reporter.class, getClass().getClassLoader()).names());
    RunResult result = ResultFiles.readRun(run);
    Path folder = Files.isDirectory(run) ? run : run.resolveSibling("");
    try {
      runs.render(
          result, folder, formats, withInvalid ? InvalidCases.INCLUDED : InvalidCases.LEFT_OUT);
    } catch (OutputException e) {
      if (e.problem().isPresent()) {
        throw new BadInputException(e.problem().get());
      }
      throw e;
    }
    return ExitCode.OK;
  }
}
