package io.stagemark.cli;

import io.stagemark.config.RunConfig;
import io.stagemark.data.PlainText;
import io.stagemark.dataset.Dataset;
import io.stagemark.run.BenchmarkRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reports every problem of a config, its models and its data set at once; runs nothing. */
@Command(
    name = "validate",
    description = "Reports every problem of a config at once; runs nothing.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  ./stagemark validate configs/quickstart.yaml"})
final class ValidateCommand implements Callable<Integer> {
  @Mixin private ConfigSource source;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    RunConfig config = source.read();
    Dataset dataset = BenchmarkRun.check(config, false);
    spec.commandLine()
        .getOut()
        .printf(
            "%s is fine: %d cases x %d trials on %d examples%n",
            PlainText.line(String.valueOf(config.file())),
            config.cases().size(),
            config.measure().trials(),
            dataset.examples().size());
    config.cases().forEach(c -> print("  " + c.id()));
    dataset.notes().forEach(note -> print("  note: " + note));
    return ExitCode.OK;
  }

  private void print(String line) {
    spec.commandLine().getOut().println(PlainText.line(line));
  }
}
