package io.stagemark.cli;

import io.stagemark.compare.StoredComparison;
import io.stagemark.compare.StoredRun;
import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.result.file.PortablePaths;
import io.stagemark.trial.sample.SampleFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two stored runs. */
@Command(
    name = "compare",
    description = "Compares two stored runs: slower, faster, worse, or undecided.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./stagemark compare reports/baselines/main reports/quickstart --format markdown",
      "",
      "Exit code: 0 nothing regressed, 1 a gated metric regressed, 2 bad input, 3 a trial of either",
      "run failed, 4 it cannot tell: what has to be found could have been missed (policy: mustFind,",
      "onBlind)."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "BASE", description = "folder of the baseline's run")
  private Path baseline = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "folder of the candidate's run")
  private Path candidate = Path.of("");

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "margins and gates; every key: configs/policies/default.yaml")
  private @Nullable Path policyFile;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "console, markdown, junit, json or a plugin's (default: console)")
  private String format = "console";

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "also writes comparison.json, comparison.md and comparison.xml there")
  private @Nullable Path output;

  @Option(names = "--strict", description = "any open verdict fails too (exit code 4)")
  private boolean strict;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ComparisonRenderer renderer = new ComparisonRenderer();
    renderer.check(List.of(format));
    if (output != null) {
      ComparisonFile.check(output);
    }
    Policy policy = policyFile == null ? PolicyReader.byDefault() : PolicyReader.read(policyFile);
    Comparison comparison =
        StoredComparison.compare(
            StoredRun.read(baseline, "baseline", SampleFile::read),
            StoredRun.read(candidate, "candidate", SampleFile::read),
            policy,
            "./stagemark compare "
                + String.join(" ", PortablePaths.ofCommand().arguments(baseline, candidate))
                + (policyFile == null
                    ? ""
                    : " --policy " + PortablePaths.ofCommand().argument(policyFile)));
    renderer.print(format, comparison, spec.commandLine().getOut());
    if (output != null) {
      renderer.write(output, comparison);
    }
    return ExitCode.of(comparison, strict);
  }
}
