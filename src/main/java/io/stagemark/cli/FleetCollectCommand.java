package io.stagemark.cli;

import io.stagemark.data.BadInputException;
import io.stagemark.data.NearestName;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.data.ShownPath;
import io.stagemark.fleet.FleetMachine;
import io.stagemark.fleet.FleetPage;
import io.stagemark.fleet.FleetTable;
import io.stagemark.fleet.FleetText;
import io.stagemark.output.OutputFolders;
import io.stagemark.output.OutputKind;
import io.stagemark.output.OutputTree;
import io.stagemark.result.file.ResultFiles;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts the results of several machines side by side. */
@Command(
    name = "collect",
    description = "Puts the results of several machines side by side: machine × case.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A machine's name is that of its result's folder. Each result is of a run on an idle machine.",
      "",
      "Example:",
      "  ./stagemark fleet collect results/small results/large --price small=0.17 \\",
      "    --price large=0.68 --out reports/fleet",
      "",
      "Exit code: 0 done, 2 bad input, such as results of other data or model files."
    })
final class FleetCollectCommand implements Callable<Integer> {
  private static final String PAGE = "index.html";

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "folder of a run on one machine, or its result.json")
  private List<Path> runs = List.of();

  @Option(
      names = "--price",
      paramLabel = "MACHINE=PRICE",
      description = "what the machine costs an hour, in any money; repeatable")
  private List<String> prices = List.of();

  @Option(
      names = "--watts",
      paramLabel = "MACHINE=WATTS",
      description = "what the machine takes while it works; repeatable")
  private List<String> watts = List.of();

  @Option(names = "--out", paramLabel = "FOLDER", description = "gets the page, index.html")
  private @Nullable Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (out != null) {
      List<Problem> problems = OutputFolders.problems(out, OutputKind.FLEET, true);
      if (!problems.isEmpty()) {
        throw new BadInputException(problems);
      }
    }
    List<String> names = runs.stream().map(FleetCollectCommand::machine).toList();
    Map<String, Double> priceOf = numbers("--price", prices, names);
    Map<String, Double> wattsOf = numbers("--watts", watts, names);
    List<FleetMachine> machines = new ArrayList<>();
    for (Path run : runs) {
      String name = machine(run);
      machines.add(
          new FleetMachine(
              name, ResultFiles.readRun(run), number(priceOf, name), number(wattsOf, name)));
    }
    FleetTable table = FleetTable.of(machines);
    PrintWriter console = spec.commandLine().getOut();
    console.print(FleetText.of(table));
    if (out != null) {
      OutputTree.of(out).write(PAGE, FleetPage.of(table));
      console.println(PlainText.line("page    " + ShownPath.of(out.resolve(PAGE))));
    }
    console.flush();
    return ExitCode.OK;
  }

  private static String machine(Path run) {
    Path whole = run.toAbsolutePath().normalize();
    Path folder = Files.isRegularFile(whole) ? whole.resolveSibling("").normalize() : whole;
    return String.valueOf(folder.getFileName());
  }

  private static OptionalDouble number(Map<String, Double> values, String name) {
    Double value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static Map<String, Double> numbers(String option, List<String> given, List<String> names)
      throws BadInputException {
    Map<String, Double> values = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String each : given) {
      int equals = each.lastIndexOf('=');
      String name = each.substring(0, Math.max(0, equals));
      double value = positive(each.substring(equals + 1));
      if (names.contains(name) && value > 0) {
        values.put(name, value);
      } else {
        String machine = NearestName.of(name, names).orElse(names.get(0));
        problems.add(
            new Problem(
                option,
                each,
                "MACHINE=NUMBER: a number above 0 and one of: " + String.join(", ", names),
                option + " " + machine + "=0.34"));
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return values;
  }

  /** Returns the number; 0 for what is none. */
  private static double positive(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
