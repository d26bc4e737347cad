package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.output.OutputException;
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

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Optional<Path> comparison = ComparisonFile.at(run);
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
      new Renderer(spec.commandLine().getOut()).render(result, folder, formats);
    } catch (OutputException e) {
      if (e.problem().isPresent()) {
        throw new BadInputException(e.problem().get());
      }
      throw e;
    }
    return ExitCode.OK;
  }
}
