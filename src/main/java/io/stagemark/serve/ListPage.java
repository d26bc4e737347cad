package io.stagemark.serve;

import static java.util.Locale.ROOT;

import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.HtmlPage;
import io.stagemark.report.page.Page;
import io.stagemark.report.page.Section;
import io.stagemark.serve.ServedRun.ServedCase;
import io.stagemark.stats.RepeatInterval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The list of all runs and comparisons. */
final class ListPage {
  /** How often a page of a run under way is read again, in seconds. */
  static final int REFRESH_SECONDS = 5;

  private static final double MILLI = 1e6;

  private ListPage() {}

  /**
   * Returns the page.
   *
   * @param filter words that each shown one has in its name, path, machine, state or cases; empty
   *     for all
   */
  static String of(List<ServedRun> all, String filter) throws IOException {
    List<ServedRun> runs =
        all.stream().filter(run -> !run.comparison() && run.has(filter)).toList();
    List<ServedRun> compared =
        all.stream().filter(run -> run.comparison() && run.has(filter)).toList();
    List<Section> sections = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Find("/", "q", filter, "name, machine, engine, model"));
    if (runs.isEmpty()) {
      blocks.add(
          new Block.Paragraph(
              filter.isEmpty()
                  ? "No run is here yet: ./stagemark run configs/quickstart.yaml"
                  : "No run has these words."));
    } else {
      blocks.add(choice(runs));
    }
    blocks.add(
        new Block.Links(
            List.of(new Block.Link("Trends", "/trends", "each case's p50, run after run"))));
    sections.add(new Section("runs", "Runs", "Choose two to compare them.", blocks));
    if (!compared.isEmpty()) {
      sections.add(new Section("comparisons", "Comparisons", "", List.of(comparisons(compared))));
    }
    boolean running = runs.stream().anyMatch(ServedRun::isRunning);
    return HtmlPage.of(
        new Page(
                "Reports · Stagemark",
                "Reports",
                Count.of(runs.size(), "run")
                    + ", "
                    + Count.of(compared.size(), "comparison")
                    + (filter.isEmpty() ? "" : " with “" + filter + "”"),
                sections,
                Optional.empty(),
                running ? "A run is under way: this page reads it again every 5 s." : "")
            .served(new Page.Served("/", running ? REFRESH_SECONDS : 0)));
  }

  private static Block choice(List<ServedRun> runs) {
    List<Column> columns =
        List.of(
            Column.text("run"),
            Column.text("started"),
            Column.text("state"),
            Column.number("cases"),
            Column.text("fastest case"),
            Column.number("total p50, ms"),
            Column.number("FPS"),
            Column.text("machine"),
            Column.text("folder"));
    List<Row> rows = runs.stream().map(ListPage::row).toList();
    return new Block.Choose(
        new Block.Table("all runs, the newest first", columns, rows, true),
        "/compare",
        "run",
        runs.stream().map(ServedRun::path).toList(),
        "Compare the chosen two: the first is the baseline");
  }

  private static Row row(ServedRun run) {
    Optional<ServedCase> fastest = run.fastest();
    Optional<RepeatInterval> p50 = fastest.flatMap(ServedCase::totalNanos);
    Optional<Double> fps = fastest.flatMap(ServedCase::framesPerSecond);
    return new Row(
        List.of(
            Cell.link(run.name(), address(run)),
            Cell.of(run.startedAt().replace("T", " ").replaceFirst("[.]\\d+Z$|Z$", "")),
            Cell.of(run.state()),
            Cell.of(String.valueOf(run.cases().size()), run.cases().size()),
            Cell.of(fastest.map(ServedCase::label).orElse("–")),
            p50.map(
                    p ->
                        Cell.of(
                            String.format(
                                ROOT, "%.3f ±%.0f %%", p.value() / MILLI, 100 * p.halfWidth()),
                            p.value()))
                .orElse(Cell.of("–")),
            fps.map(f -> Cell.of(String.format(ROOT, "%.1f", f), f)).orElse(Cell.of("–")),
            Cell.of(run.machine().label()),
            Cell.of(run.path())));
  }

  private static Block comparisons(List<ServedRun> compared) {
    List<Row> rows =
        compared.stream()
            .map(
                each ->
                    new Row(
                        List.of(
                            Cell.link(each.name(), address(each)),
                            Cell.of(each.state()),
                            Cell.of(each.path()))))
            .toList();
    return new Block.Table(
        "all comparisons",
        List.of(Column.text("baseline → candidate"), Column.text("verdict"), Column.text("folder")),
        rows,
        true);
  }

  /** Returns where the page of a run is. */
  static String address(ServedRun run) {
    return "/run/" + (run.path().isEmpty() ? "" : Query.encoded(run.path()) + "/");
  }
}
