package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.Scale;
import io.stagemark.report.chart.XyChart;
import io.stagemark.report.chart.XyChart.Axis;
import io.stagemark.report.chart.XyChart.Line;
import io.stagemark.report.chart.XyChart.Point;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Latency against the load: the rates of a search with their bound, and waits in the queue. */
final class LoadFigure {
  private LoadFigure() {}

  static List<Block> of(RunView run) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      Optional<LoadFigures> load = run.cases().get(i).timed().load();
      if (load.isPresent()) {
        search(i, run.labels().get(i), load.get()).ifPresent(blocks::add);
      }
    }
    queue(run).ifPresent(blocks::add);
    return blocks;
  }

  private static Optional<Block> search(int index, String label, LoadFigures load) {
    List<Point> points = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (LoadFigures.Step step : load.steps()) {
      step.latencyNanos()
          .ifPresent(
              nanos ->
                  points.add(
                      new Point(
                          step.perSecond(),
                          nanos / 1e6,
                          OptionalDouble.empty(),
                          OptionalDouble.empty(),
                          "",
                          String.format(
                              ROOT,
                              "%.4g batches/s: %s ms, %s",
                              step.perSecond(),
                              Figures.millis((double) nanos),
                              step.kept() ? "kept" : "not kept"),
                          Map.of("ms", CasesSection.number(nanos / 1e6)))));
      rows.add(
          new Row(
              List.of(
                  Cell.of("tried"),
                  Cells.count(step.streams()),
                  Cells.number(step.perSecond(), "%.4g"),
                  step.latencyNanos().map(n -> Cells.millis((double) n)).orElse(Cells.ABSENT),
                  Cell.of(step.kept() ? "yes" : "no"))));
    }
    if (points.size() < 2) {
      return Optional.empty();
    }
    points.sort(Comparator.comparingDouble(Point::x));
    List<XyChart.Rule> rules = new ArrayList<>();
    load.bound()
        .ifPresent(
            bound -> {
              rules.add(
                  new XyChart.Rule(
                      false,
                      bound.millis(),
                      String.format(ROOT, "bound %.4g ms", bound.millis()),
                      "bound"));
              bound
                  .highestPerSecond()
                  .ifPresent(
                      best ->
                          rules.add(
                              new XyChart.Rule(
                                  true,
                                  best,
                                  String.format(ROOT, "kept to %.4g/s", best),
                                  "knee")));
            });
    String percent =
        load.bound().map(b -> String.format(ROOT, "p%.4g", b.percent())).orElse("latency");
    XyChart.Content content =
        new XyChart.Content(
            Axis.fitting("batches that arrive a second", Scale.Kind.LINEAR),
            Axis.fitting(percent + " of the latency in ms", Scale.Kind.LOG),
            List.of(new XyChart.Series(label, 0, Line.STRAIGHT, points)),
            rules);
    return Optional.of(
        Drawing.figure(
            new ChartTitle(
                "search-" + (index + 1),
                "Latency against the rate: " + label,
                points.size() + " rates that were tried."),
            "Latency is from when a batch was due: with its wait in the queue.",
            (title, width) -> XyChart.svg(title, width, content),
            Optional.of(
                new Block.Table(
                    "What was tried",
                    List.of(
                        Column.text(""),
                        Column.number("streams"),
                        Column.number("batches/s"),
                        Column.number(percent + " ms"),
                        Column.text("kept")),
                    rows,
                    false))));
  }

  /** Latency, service and wait of the cases that have a queue. */
  private static Optional<Block> queue(RunView run) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      Optional<LoadFigures> load = one.timed().load();
      if (load.isEmpty() || load.get().times().latency().isEmpty()) {
        continue;
      }
      boolean rounds = load.get().applied().scenario().equals("multi-stream");
      LoadFigures.QueueTimes times = load.get().times();
      String label = run.labels().get(i);
      add(rows, label, rounds ? "round, to its last result" : "latency, from due", times.latency());
      add(rows, label, rounds ? "batch" : "service (naive latency)", times.service());
      add(rows, label, rounds ? "wait" : "wait in the queue", times.queueWait());
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Table(
                "Latency, service and wait in ms",
                List.of(
                    Column.text("case"),
                    Column.text("time"),
                    Column.number("n"),
                    Column.number("p50"),
                    Column.number("p90"),
                    Column.number("p99"),
                    Column.number("max")),
                rows,
                true));
  }

  private static void add(List<Row> rows, String label, String what, Optional<Distribution> found) {
    found.ifPresent(
        times ->
            rows.add(
                new Row(
                    List.of(
                        Cell.of(label),
                        Cell.of(what),
                        Cells.count(times.count()),
                        Cells.millis(found, 50),
                        Cells.millis(found, 90),
                        Cells.millis(found, 99),
                        Cells.millis((double) times.maxNanos())))));
  }
}
