package io.stagemark.cli;

import io.stagemark.calibrate.Certificates;
import io.stagemark.config.RunConfig;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.result.RunResult;
import io.stagemark.run.BenchmarkRun;
import io.stagemark.run.PilotRun;
import io.stagemark.run.PlanQuestion;
import io.stagemark.run.progress.RunListener;
import io.stagemark.run.record.ReplayCommand;
import io.stagemark.run.record.RunOptions;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures and scores what a config describes, and writes the report. */
@Command(
    name = "run",
    description = "Measures and scores what a config describes, and writes reports/NAME/.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./stagemark run configs/quickstart.yaml --set measure.trials=5",
      "  ./stagemark run configs/quickstart.yaml --only coffee.jpg",
      "",
      "Exit code: 0 every trial was measured, 2 bad input (nothing was run), 3 a trial failed or",
      "the run was interrupted (what was measured is in the report), 4 with --strict: figures that",
      "are INVALID or less precise than asked for."
    })
final class RunCommand implements Callable<Integer> {
  private static final int SECONDS_TO_WRITE_DOWN = 20;
  private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

  @Mixin private ConfigSource source;
  @Mixin private Selection selection;

  @Option(
      names = "--resume",
      description =
          "goes on with the run that was interrupted in the output folder; trials that are whole are"
              + " kept, the config, models, data and versions must be those it began with")
  private boolean resume;

  @Option(
      names = "--plan",
      paramLabel = "QUESTION",
      description =
          "runs only a short pilot and reports how many batches and trials find what is asked,"
              + " such as \"detect 3%% on p95\"")
  private Optional<String> plan = Optional.empty();

  @Option(
      names = "--calibration",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "where this machine and build have no certificate yet (doctor --certify), first makes a"
              + " short one in some 7 s; --no-calibration leaves that out")
  private boolean calibration;

  @Option(
      names = "--precision",
      paramLabel = "PERCENT",
      description =
          "adds trials until each case's p50 is known to within so much, such as 3%%"
              + " (measure.precision)")
  private Optional<String> precision = Optional.empty();

  @Option(
      names = "--strict",
      description =
          "exit code 4 where a case is INVALID or not as precise as asked for; without it such a run"
              + " ends with 0")
  private boolean strict;

  @Option(
      names = {"-v", "--verbose"},
      description = "prints every table and note in place of the summary")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "prints no progress and no summary, only errors; the report is written")
  private boolean quiet;

  @Spec private CommandSpec spec;

  @Override
  @SuppressWarnings("try") // the work is closed, not used
  public Integer call() throws Exception {
    Optional<PlanQuestion> question = Optional.empty();
    if (plan.isPresent()) {
      question = Optional.of(PlanQuestion.parse(plan.get()));
    }
    precision.ifPresent(percent -> source.set("measure.precision", percent));
    RunConfig config = selection.of(source.read());
    if (question.isPresent()) {
      return planned(config, question.get());
    }
    RunOptions options =
        new RunOptions(
            resume,
            new Certificates(!resume && calibration),
            new ReplayCommand("./stagemark run " + source.arguments()));
    BenchmarkRun run = new BenchmarkRun(config, options, listener());
    // Ctrl-C loses the running trial alone
    try (ProgramEnd.Work work =
        ProgramEnd.work(run::interrupt, run::hasBegun, SECONDS_TO_WRITE_DOWN)) {
      RunResult result = run.run();
      Renderer renderer = new Renderer(quiet ? NOWHERE : spec.commandLine().getOut());
      renderer.render(result, config.output(), reports(config));
      return exitCode(result);
    }
  }

  private int exitCode(RunResult result) {
    if (result.status() != RunResult.Status.COMPLETE) {
      return ExitCode.FAILED_RUN;
    }
    return strict && !result.conclusive() ? ExitCode.INCONCLUSIVE : ExitCode.OK;
  }

  private RunListener listener() {
    PrintedProgress printed = new PrintedProgress(spec.commandLine().getErr());
    return quiet ? new PrintedFailures(printed) : printed;
  }

  /** Returns the config's reporters; with {@code --verbose}, that one in place of the console's. */
  private List<String> reports(RunConfig config) {
    List<String> names = new ArrayList<>(config.reports());
    if (verbose) {
      names.removeAll(List.of("console", "verbose"));
      names.add(0, "verbose");
    }
    return names;
  }

  /** Receives failures alone. */
  private record PrintedFailures(RunListener next) implements RunListener {
    @Override
    public void failure(String caseLabel, int trial, String reason) {
      next.failure(caseLabel, trial, reason);
    }
  }

  @SuppressWarnings("try") // the work is closed, not used
  private int planned(RunConfig config, PlanQuestion question) throws Exception {
    Path folder = TemporaryFiles.folder("stagemark-pilot");
    try (ProgramEnd.Work work = ProgramEnd.work(() -> {}, () -> true, 0)) {
      String answer = new PilotRun(config, question).answer(folder, listener());
      spec.commandLine().getOut().println(answer);
      return ExitCode.OK;
    } finally {
      ScratchTree.delete(folder);
    }
  }
}
