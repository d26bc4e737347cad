package io.stagemark.cli;

import io.stagemark.compare.StoredFigures;
import io.stagemark.compare.StoredRun;
import io.stagemark.compare.history.HistoryStore;
import io.stagemark.compare.history.RunFigures;
import io.stagemark.compare.history.Trend;
import io.stagemark.data.BadInputException;
import io.stagemark.data.PlainText;
import io.stagemark.data.ShownPath;
import io.stagemark.output.OutputException;
import io.stagemark.output.OutputTree;
import io.stagemark.serve.TrendPage;
import io.stagemark.trial.sample.SampleFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Keeps runs and shows where their times changed for good. */
@Command(
    name = "history",
    description = "Keeps runs in a database and shows where their times changed for good.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./stagemark history add reports/quickstart",
      "  ./stagemark history show",
      "  ./stagemark history page reports/history",
      "  ./stagemark history rebaseline reports/quickstart --reason \"new engine version\""
    })
final class HistoryCommand implements Runnable {
  private static final String FILE = "reports/history.db";

  @Option(
      names = "--store",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "JDBC URL, also jdbc:postgresql://HOST/DATABASE?user=NAME (default: jdbc:sqlite:"
              + FILE
              + ")")
  private String store = "jdbc:sqlite:" + FILE;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "add, show, page or rebaseline? try: ./stagemark history show");
  }

  private HistoryStore open() throws BadInputException, IOException {
    if (store.endsWith(FILE)) {
      Files.createDirectories(Path.of(FILE).toAbsolutePath().getParent());
    }
    return HistoryStore.open(store);
  }

  @Command(name = "add", description = "Adds a stored run.", mixinStandardHelpOptions = true)
  int add(@Parameters(paramLabel = "RUN", description = "folder of a run") Path run)
      throws BadInputException, IOException {
    RunFigures figures = StoredFigures.of(StoredRun.read(run, "run", SampleFile::read));
    try (HistoryStore history = open()) {
      history.add(figures);
    }
    out()
        .println(
            "%s of %s: %s figures of machine %s"
                .formatted(
                    PlainText.line(figures.name()),
                    PlainText.line(figures.startedAt()),
                    figures.figures().size(),
                    PlainText.line(figures.machine())));
    return ExitCode.OK;
  }

  @Command(
      name = "rebaseline",
      description = "Lets the machine's trends begin at a run, and writes down why.",
      mixinStandardHelpOptions = true)
  int rebaseline(
      @Parameters(paramLabel = "RUN", description = "folder of the first run that counts") Path run,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              required = true,
              description = "why, for whoever looks at it later")
          String reason)
      throws BadInputException, IOException {
    RunFigures figures = StoredFigures.of(StoredRun.read(run, "run", SampleFile::read));
    try (HistoryStore history = open()) {
      history.rebaseline(figures.machine(), figures.startedAt(), reason);
    }
    out()
        .println(
            PlainText.line(
                "machine %s begins at %s".formatted(figures.machine(), figures.startedAt())));
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Shows each trend and where it changed for good.",
      mixinStandardHelpOptions = true)
  int show() throws BadInputException, IOException {
    try (HistoryStore history = open()) {
      List<Trend> trends = history.trends();
      List<List<Trend.Change>> changes = trends.parallelStream().map(Trend::changes).toList();
      for (int i = 0; i < trends.size(); i++) {
        Trend trend = trends.get(i);
        Trend.TrendPoint last = trend.points().get(trend.points().size() - 1);
        out()
            .println(
                "%s  %s  %s runs, last %.4f ms"
                    .formatted(
                        PlainText.line(trend.machine()),
                        PlainText.line(trend.metric()),
                        trend.points().size(),
                        last.nanos() / 1e6));
        for (Trend.Change change : changes.get(i)) {
          out()
              .println(
                  "    from %s%s: %.4f to %.4f ms (%+.1f %%)"
                      .formatted(
                          PlainText.line(change.first().startedAt()),
                          PlainText.line(
                              change.first().commit().isEmpty()
                                  ? ""
                                  : " " + change.first().commit()),
                          change.beforeNanos() / 1e6,
                          change.afterNanos() / 1e6,
                          (change.afterNanos() / change.beforeNanos() - 1) * 100));
        }
      }
      for (String baseline : history.baselines()) {
        out().println("new baseline: " + PlainText.line(baseline));
      }
    }
    return ExitCode.OK;
  }

  @Command(
      name = "page",
      description = "Writes the trends as a page, index.html, into a folder.",
      mixinStandardHelpOptions = true)
  int page(
      @Parameters(
              arity = "0..1",
              paramLabel = "FOLDER",
              defaultValue = "reports/history",
              description = "where to (default: ${DEFAULT-VALUE})")
          Path folder)
      throws BadInputException, IOException {
    OutputTree tree = OutputTree.of(folder);
    try (HistoryStore history = open()) {
      tree.write("index.html", TrendPage.ofHistory(history.trends()));
    } catch (OutputException e) {
      if (e.problem().isPresent()) {
        throw new BadInputException(e.problem().get());
      }
      throw e;
    }
    out().println("page    " + PlainText.line(ShownPath.of(folder.resolve("index.html"))));
    return ExitCode.OK;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
