package io.stagemark.serve;

import static java.util.Locale.ROOT;

import io.stagemark.compare.history.Trend;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.Scale;
import io.stagemark.report.chart.XyChart;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Drawing;
import io.stagemark.report.page.HtmlPage;
import io.stagemark.report.page.Page;
import io.stagemark.report.page.Section;
import io.stagemark.serve.ServedRun.ServedCase;
import io.stagemark.stats.RepeatInterval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The p50 of each case on each machine, run after run, with its lasting changes. */
public final class TrendPage {
  private static final double MILLI = 1e6;

  /** Places on the axis: fewer runs are shown at its left, and more can come. */
  private static final int MIN_RUNS = 9;

  private TrendPage() {}

  /** A point of a trend with what is known of it. */
  private record Known(Trend.TrendPoint point, Optional<RepeatInterval> interval) {}

  /** A trend and its points. */
  private record Named(Trend trend, String machine, List<Known> points) {}

  /**
   * Returns the page of the runs of a folder.
   *
   * @param filter words that each shown run has; empty for all
   */
  static Page of(List<ServedRun> all, String filter) {
    Map<String, List<ServedRun>> machines = new LinkedHashMap<>();
    all.stream()
        .filter(run -> !run.comparison() && !run.startedAt().isEmpty() && run.has(filter))
        .sorted(Comparator.comparing(ServedRun::startedAt))
        .forEach(
            run ->
                machines
                    .computeIfAbsent(run.machine().fingerprint(), key -> new ArrayList<>())
                    .add(run));
    List<Named> trends = new ArrayList<>();
    machines.forEach((fingerprint, runs) -> trends.addAll(trends(fingerprint, runs)));
    return page(trends, new Block.Find("/trends", "q", filter, "name, machine, engine, model"))
        .served(new Page.Served("/", 0));
  }

  private static List<Named> trends(String fingerprint, List<ServedRun> runs) {
    Map<String, List<Known>> byCase = new LinkedHashMap<>();
    for (ServedRun run : runs) {
      for (ServedCase one : run.cases()) {
        one.totalNanos()
            .ifPresent(
                p50 ->
                    byCase
                        .computeIfAbsent(run.name() + " · " + one.id(), key -> new ArrayList<>())
                        .add(
                            new Known(
                                new Trend.TrendPoint(run.startedAt(), run.commit(), p50.value()),
                                Optional.of(p50))));
      }
    }
    String label = runs.get(0).machine().label();
    return byCase.entrySet().stream()
        .map(
            each ->
                new Named(
                    new Trend(
                        fingerprint,
                        each.getKey(),
                        each.getValue().stream().map(Known::point).toList()),
                    label,
                    each.getValue()))
        .toList();
  }

  /** Returns the page of a history's trends. */
  public static String ofHistory(List<Trend> trends) throws IOException {
    List<Named> named =
        trends.stream()
            .map(
                trend ->
                    new Named(
                        trend,
                        "",
                        trend.points().stream().map(p -> new Known(p, Optional.empty())).toList()))
            .toList();
    return HtmlPage.of(page(named, new Block.Paragraph("From the history's database.")));
  }

  private static Page page(List<Named> trends, Block first) {
    List<Section> sections = new ArrayList<>();
    List<Block> head = new ArrayList<>(List.of(first));
    if (trends.isEmpty()) {
      head.add(new Block.Paragraph("No run has times yet."));
    }
    sections.add(new Section("trends", "Trends", "", head));
    Map<String, List<Named>> machines = new LinkedHashMap<>();
    trends.forEach(
        t -> machines.computeIfAbsent(t.trend().machine(), key -> new ArrayList<>()).add(t));
    int number = 0;
    for (Map.Entry<String, List<Named>> machine : machines.entrySet()) {
      List<Block> blocks = new ArrayList<>();
      for (Named trend : machine.getValue()) {
        blocks.add(figure("trend-" + number++, trend));
      }
      String label = machine.getValue().get(0).machine();
      sections.add(
          new Section(
              "machine-" + sections.size(),
              label.isEmpty() ? "Machine " + machine.getKey() : label,
              "Times of one machine may be compared; fingerprint " + machine.getKey() + ".",
              blocks));
    }
    return new Page(
        "Trends · Stagemark",
        "Trends",
        "%d trends on %d machines".formatted(trends.size(), machines.size()),
        sections,
        Optional.empty(),
        "A lasting change: E-divisive on the logarithms, 1 %.");
  }

  private static Block figure(String id, Named named) {
    List<Trend.Change> changes = named.trend().changes();
    List<XyChart.Point> points = new ArrayList<>();
    List<Block.Row> rows = new ArrayList<>();
    List<XyChart.Rule> rules = new ArrayList<>();
    for (int i = 0; i < named.points().size(); i++) {
      Known known = named.points().get(i);
      double millis = known.point().nanos() / MILLI;
      String when = known.point().startedAt();
      String title = String.format(ROOT, "%s: %.3f ms %s", when, millis, known.point().commit());
      points.add(
          new XyChart.Point(
              i + 1,
              millis,
              bound(known.interval().map(RepeatInterval::low)),
              bound(known.interval().map(RepeatInterval::high)),
              "",
              title,
              Map.of("run", when, "millis", String.valueOf(millis))));
      rows.add(
          new Block.Row(
              List.of(
                  Block.Cell.of(when),
                  Block.Cell.of(String.format(ROOT, "%.4f", millis), millis),
                  Block.Cell.of(known.point().commit()))));
      for (Trend.Change change : changes) {
        if (change.first().equals(known.point())) {
          rules.add(
              new XyChart.Rule(
                  true,
                  i + 0.5,
                  String.format(
                      ROOT, "%+.1f %%", 100 * (change.afterNanos() / change.beforeNanos() - 1)),
                  "bound"));
        }
      }
    }
    XyChart.Content content =
        new XyChart.Content(
            new XyChart.Axis(
                "run, oldest first",
                Scale.Kind.LINEAR,
                OptionalDouble.of(0),
                OptionalDouble.of(Math.max(MIN_RUNS, points.size()) + 1)),
            XyChart.Axis.fitting("total p50, ms", Scale.Kind.LINEAR),
            List.of(new XyChart.Series("", 0, XyChart.Line.NONE, points)),
            rules);
    return Drawing.figure(
        new ChartTitle(id, named.trend().metric(), "the p50 of the total, run after run"),
        changes.isEmpty()
            ? points.size() == 1
                ? "One run: a change takes several."
                : points.size() + " runs, and no lasting change."
            : "A vertical line is a lasting change, with its size.",
        (t, width) -> XyChart.svg(t, width, content),
        Optional.of(
            new Block.Table(
                "the runs",
                List.of(
                    Block.Column.text("started"),
                    Block.Column.number("p50, ms"),
                    Block.Column.text("commit")),
                rows,
                true)));
  }

  private static OptionalDouble bound(Optional<Double> nanos) {
    return nanos.isPresent() ? OptionalDouble.of(nanos.get() / MILLI) : OptionalDouble.empty();
  }
}
