package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.spi.PluginException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program: finds the command, and turns what went wrong into a message and an exit code.
 *
 * <p>It loads without the libraries: the JVM ends with exit code 1 when it cannot load this class,
 * and that code means a regression and nothing else.
 */
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
      InitCommand.class,
      ValidateCommand.class,
      ReportCommand.class,
      ServeCommand.class,
      CompareCommand.class,
      GateCommand.class,
      HistoryCommand.class,
      ScoreCommand.class,
      ScoreShardCommand.class,
      MergeCommand.class,
      FleetCommand.class,
      FlopsCommand.class,
      InspectCommand.class,
      NmsCurveCommand.class,
      ListCommand.class,
      DoctorCommand.class,
    })
public final class Main implements Runnable {
  private static final int MAX_CAUSES = 20;

  @Spec private CommandSpec spec;

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    // Numbers are written one way: a comma in a figure would break every reader of it.
    Locale.setDefault(Locale.ROOT);
    int code = ExitCode.FAILED_RUN;
    try {
      ProgramEnd.begin();
      StandardOutput output = StandardOutput.ofThisProcess();
      CommandLine line = commandLine();
      ConsoleWriter out = new ConsoleWriter(output.writer(), Terminal.of(1));
      ConsoleWriter err =
          new ConsoleWriter(
              new OutputStreamWriter(System.err, StandardCharsets.UTF_8), Terminal.of(2));
      out.clearing(err);
      line.setOut(out);
      line.setErr(err);
      code = checked(execute(line, args), line, output);
    } catch (Throwable e) {
      // left to the JVM it would be exit code 1, which means a regression and nothing else
      JvmLimit.printIfPossible(System.err, e);
    }
    ProgramEnd.exit(code);
  }

  /** Runs a command and returns its exit code, whatever it throws. */
  static int execute(CommandLine line, String... args) {
    ProgramEnd.reset();
    try {
      return line.execute(args);
    } catch (VirtualMachineError e) {
      return explained(e, line);
    }
  }

  /** Output that was lost makes a good end a failed one. */
  private static int checked(int code, CommandLine line, StandardOutput output) {
    line.getOut().flush();
    if (output.fault().isEmpty()) {
      return code;
    }
    line.getErr().println("stagemark: standard output cannot be written: " + output.fault().get());
    return code == ExitCode.OK ? ExitCode.FAILED_RUN : code;
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setOut(new ConsoleWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
    line.setErr(new ConsoleWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8)));
    line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF)); // help is plain text
    line.setExecutionExceptionHandler((e, command, parsed) -> explained(e, command));
    line.setParameterExceptionHandler((e, arguments) -> misused(e));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    return line;
  }

  /** The one place that catches everything: a user's mistake gets no stack trace, a defect does. */
  private static int explained(Throwable e, CommandLine command) {
    Optional<String> limit = JvmLimit.line(e);
    if (limit.isPresent()) {
      command.getErr().println(limit.get());
      return ProgramEnd.hasMeasured() ? ExitCode.FAILED_RUN : ExitCode.BAD_INPUT;
    }
    if (e instanceof BadInputException) {
      command.getErr().println(e.getMessage());
      return ExitCode.BAD_INPUT;
    }
    Throwable cause = e;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) { // it may come of a class's start
      if (cause instanceof PluginException) {
        command
            .getErr()
            .println("stagemark: " + PlainText.line(String.valueOf(cause.getMessage())));
        return ExitCode.BAD_INPUT;
      }
      cause = cause.getCause();
    }
    if (e instanceof IOException || e instanceof InterruptedException) {
      command.getErr().println("stagemark: " + PlainText.line(e.toString()));
      return ExitCode.FAILED_RUN;
    }
    command.getErr().println("stagemark: a defect of the program, please report it:");
    e.printStackTrace(command.getErr());
    return ExitCode.FAILED_RUN;
  }

  /** An option or argument that the command does not know, or one that is missing. */
  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = "./" + command.getCommandSpec().qualifiedName();
    String[] parts = String.valueOf(e.getMessage()).split("[;?] try: ", 2);
    List<String> options =
        command.getCommandSpec().options().stream().map(OptionSpec::longestName).sorted().toList();
    Set<String> commands = command.getSubcommands().keySet();
    Problem problem =
        new Problem(
            name,
            parts[0],
            (commands.isEmpty()
                    ? "options "
                    : "one of " + String.join(", ", commands) + "; options ")
                + String.join(", ", options),
            parts.length > 1 ? parts[1] : name + " --help");
    command.getErr().println(new BadInputException(problem).getMessage());
    return ExitCode.BAD_INPUT;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given; try: ./stagemark run configs/quickstart.yaml");
  }
}
