package io.stagemark.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the program says when it is started without a command. */
final class NoCommand {
  private NoCommand() {}

  static void refuse(CommandSpec spec) {
    throw new ParameterException(
        spec.commandLine(), "no command given; try: ./stagemark run configs/quickstart.yaml");
  }
}
