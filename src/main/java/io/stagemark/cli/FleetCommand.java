package io.stagemark.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Many machines. */
@Command(
    name = "fleet",
    description = "Renders jobs that score shards, and puts the results of machines side by side.",
    mixinStandardHelpOptions = true,
    subcommands = {FleetRenderCommand.class, FleetCollectCommand.class},
    footer = {
      "",
      "Examples:",
      "  ./stagemark fleet render configs/quickstart.yaml --slurm --shards 64",
      "  ./stagemark fleet collect results/a results/b --price a=0.34"
    })
final class FleetCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "render or collect? try: ./stagemark fleet --help");
  }
}
