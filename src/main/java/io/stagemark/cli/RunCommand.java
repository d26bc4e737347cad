package io.stagemark.cli;

import io.stagemark.calibrate.Certificates;
import io.stagemark.config.ConfigReader;
import io.stagemark.config.RunConfig;
import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.Problem;
import io.stagemark.data.ScratchTree;
import io.stagemark.data.ShownPath;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.draft.ModelDraft;
import io.stagemark.inspect.ModelInspection;
import io.stagemark.inspect.text.InspectionText;
import io.stagemark.result.RunResult;
import io.stagemark.run.BenchmarkRun;
import io.stagemark.run.PilotRun;
import io.stagemark.run.PlanQuestion;
import io.stagemark.run.progress.RunListener;
import io.stagemark.run.record.ReplayCommand;
import io.stagemark.run.record.RunOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures and scores what a config describes, and writes the report. */
@Command(
    name = "run",
    description = "Measures a model file, or what a config describes, and writes reports/NAME/.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "CONFIG may be an .onnx or a TorchScript file: what it takes is read from the file, it is",
      "measured for some 20 s, and the first figures come after a few.",
      "",
      "Examples:",
      "  ./stagemark run detector.onnx",
      "  ./stagemark run configs/quickstart.yaml --set measure.trials=5",
      "  ./stagemark run configs/quickstart.yaml --only coffee.jpg",
      "",
      "Exit code: 0 every trial was measured, 2 bad input (nothing was run), 3 a trial failed or",
      "the run was interrupted (what was measured is in the report), 4 with --strict: figures that",
      "are INVALID or less precise than asked for."
    })
final class RunCommand implements Callable<Integer> {
  private static final int SECONDS_TO_WRITE_DOWN = 20;

  /** How long a model file is measured. */
  private static final double SECONDS = 20;

  /** A week. */
  private static final int MAX_SECONDS = 604_800;

  private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

  @Mixin private ConfigSource source;
  @Mixin private ModelOptions model;
  @Mixin private Selection selection;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description =
          "how long a model file is measured, unless 3%% precision is reached before (default 20)")
  private @Nullable Double seconds;

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

  @Option(
      names = "--open",
      description = "opens the page in the desktop's browser when the run has ended")
  private boolean open;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, or json: result.json on standard output (default: table)")
  private TextFormat format = TextFormat.TABLE;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Optional<PlanQuestion> question = Optional.empty();
    if (plan.isPresent()) {
      question = Optional.of(PlanQuestion.parse(plan.get()));
    }
    precision.ifPresent(percent -> source.set("measure.precision", percent));
    if (!ConfigReader.isModelFile(source.file())) {
      model.requireNone();
      requireNoSeconds();
      return measured(selection.of(source.read()), question, "", calibration);
    }
    Path folder = TemporaryFiles.folder("stagemark-model");
    try {
      int code = measured(selection.of(drafted(folder)), question, model.arguments(), false);
      String file = PlainText.shellArgument(ShownPath.of(source.file()));
      PrintWriter out = summary();
      out.println("next: ./stagemark init " + file + model.arguments());
      out.println("  writes a card and a config to edit; run with --seconds 60 measures longer");
      out.flush();
      return code;
    } finally {
      ScratchTree.delete(folder);
    }
  }

  /** Says what a model file is taken for, and returns the config of its run. */
  private RunConfig drafted(Path folder)
      throws BadInputException, IOException, InterruptedException {
    ModelInspection found = model.inspect(source.file());
    String file = source.file().toAbsolutePath().toString();
    double limit = seconds == null ? SECONDS : seconds;
    if (!(limit >= 1 && limit <= MAX_SECONDS)) {
      throw new BadInputException(
          new Problem(
              "--seconds",
              String.valueOf(limit),
              "a number of seconds in [1, %d]".formatted(MAX_SECONDS),
              "--seconds 20"));
    }
    ModelDraft draft = model.draft(found, file, "./" + ModelDraft.CARD, folder, limit);
    RunConfig config = model.read(draft, folder, source::readDrafted);
    PrintWriter out = summary();
    out.print(InspectionText.summary(found, model.data(found), model.scores(found)));
    out.println();
    out.flush();
    return config;
  }

  private void requireNoSeconds() throws BadInputException {
    if (seconds != null) {
      throw new BadInputException(
          new Problem(
              "--seconds",
              "given with a config",
              "a model file, which has no config",
              "--set measure.maxMinutes=N, with a --precision"));
    }
  }

  @SuppressWarnings("try") // the work is closed, not used
  private int measured(
      RunConfig config, Optional<PlanQuestion> question, String arguments, boolean certified)
      throws Exception {
    if (question.isPresent()) {
      return planned(config, question.get());
    }
    RunOptions options =
        new RunOptions(
            resume,
            new Certificates(!resume && certified),
            new ReplayCommand("./stagemark run " + source.arguments() + arguments));
    BenchmarkRun run = new BenchmarkRun(config, options, listener());
    // Ctrl-C loses the running trial alone
    try (ProgramEnd.Work work =
        ProgramEnd.work(run::interrupt, run::hasBegun, SECONDS_TO_WRITE_DOWN)) {
      RunResult result = run.run();
      Renderer renderer = new Renderer(summary());
      renderer.render(result, config.output(), reports(config));
      if (open) {
        DesktopBrowser.open(config.output().resolve(Renderer.PAGE))
            .ifPresent(spec.commandLine().getErr()::println);
      }
      if (format == TextFormat.JSON) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(Files.readString(config.output().resolve("result.json")));
        out.flush();
      }
      return exitCode(result);
    }
  }

  private int exitCode(RunResult result) {
    if (result.status() != RunResult.Status.COMPLETE) {
      return ExitCode.FAILED_RUN;
    }
    return strict && !result.conclusive() ? ExitCode.INCONCLUSIVE : ExitCode.OK;
  }

  /** Standard output holds the result alone where a program reads it. */
  private PrintWriter summary() {
    return quiet || format == TextFormat.JSON ? NOWHERE : spec.commandLine().getOut();
  }

  private RunListener listener() {
    PrintedProgress printed = new PrintedProgress(spec.commandLine().getErr());
    return quiet ? new PrintedFailures(printed) : printed;
  }

  /**
   * Returns the config's reporters; with {@code --verbose}, that one in place of the console's;
   * with {@code --open}, the page too.
   */
  private List<String> reports(RunConfig config) {
    List<String> names = new ArrayList<>(config.reports());
    if (verbose) {
      names.removeAll(List.of("console", "verbose"));
      names.add(0, "verbose");
    }
    if (open && !names.contains("html")) {
      names.add("html");
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
