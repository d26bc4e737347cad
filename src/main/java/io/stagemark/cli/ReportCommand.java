package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.Problem;
import io.stagemark.report.Reporter;
import io.stagemark.report.ResultFiles;
import io.stagemark.report.RunResult;
import io.stagemark.spi.Registry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders a stored run again. */
@Command(
    name = "report",
    description = "Renders a stored run again, from its result.json.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./stagemark report reports/quickstart --format markdown"})
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "folder of a run, or its result.json")
  private Path run = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "NAME",
      split = ",",
      description = "reporters, see ./stagemark list reporters (default: console)")
  private List<String> formats = List.of("console");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    List<String> known = Registry.discover(Reporter.class, getClass().getClassLoader()).names();
    List<Problem> unknown =
        formats.stream()
            .filter(format -> !known.contains(format))
            .map(
                format ->
                    new Problem(
                        "--format",
                        format,
                        "one of: " + String.join(", ", known),
                        "--format markdown"))
            .toList();
    if (!unknown.isEmpty()) {
      throw new BadInputException(unknown);
    }
    RunResult result = ResultFiles.readRun(run);
    Path folder = Files.isDirectory(run) ? run : run.resolveSibling("");
    new Renderer(spec.commandLine().getOut()).render(result, folder, formats);
    return ExitCode.OK;
  }
}
