package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: finds the command, and turns what went wrong into a message and an exit code. */
@Command(
    name = "stagemark",
    description =
        "Where the time of an inference pipeline goes, whether its outputs are still right.",
    mixinStandardHelpOptions = true,
    version = "Stagemark 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  ./stagemark run configs/quickstart.yaml"},
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      GateCommand.class,
      HistoryCommand.class,
      ScoreCommand.class,
      FlopsCommand.class,
      NmsCurveCommand.class,
      ListCommand.class,
      DoctorCommand.class,
      TrialCommand.class,
      BlockCommand.class,
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    // Numbers are written one way: a comma in a figure would break every reader of it.
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((e, command, parsed) -> explained(e, command));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    return line;
  }

  /** The one place that catches everything: a user's mistake gets no stack trace, a defect does. */
  private static int explained(Exception e, CommandLine command) {
    if (e instanceof BadInputException) {
      command.getErr().println(e.getMessage());
      return ExitCode.BAD_INPUT;
    }
    if (e instanceof IOException || e instanceof InterruptedException) {
      command.getErr().println("stagemark: " + e);
      return ExitCode.FAILED_RUN;
    }
    command.getErr().println("stagemark: a defect of the program, please report it:");
    e.printStackTrace(command.getErr());
    return ExitCode.FAILED_RUN;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; try: ./stagemark run configs/quickstart.yaml");
  }
}
