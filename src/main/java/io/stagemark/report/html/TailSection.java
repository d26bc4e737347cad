package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
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
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import io.stagemark.stats.QuantileInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How slow the slowest are: quantiles on an axis where each further nine takes as much room. */
final class TailSection {
  private static final int MAX_CURVES = 8;
  private static final double LAST = 99.93;

  private TailSection() {}

  static Optional<Section> of(RunView run, StoredSeries series) {
    List<Integer> shown = shown(run);
    if (shown.isEmpty()) {
      return Optional.empty();
    }
    List<XyChart.Series> curves = new ArrayList<>();
    for (int style = 0; style < shown.size(); style++) {
      int i = shown.get(style);
      CaseResult one = run.cases().get(i);
      boolean waits = latency(one).isPresent();
      Map<Double, Double> samples = waits ? Map.of() : series.byCase().get(i).tail();
      curves.add(curve(run.labels().get(i), style, samples));
      curves.add(points(one, times(one), style, samples.isEmpty()));
    }
    List<XyChart.Rule> absent = absent(run, shown);
    boolean waits = shown.stream().anyMatch(i -> latency(run.cases().get(i)).isPresent());
    String what = waits ? waiting(run.cases().get(shown.get(0))) : "total";
    boolean wide = range(run, shown) > 8;
    XyChart.Content content =
        new XyChart.Content(
            new Axis(
                "share of the batches that are at most so slow",
                Scale.Kind.TAIL,
                OptionalDouble.of(0),
                OptionalDouble.of(LAST)),
            Axis.fitting("ms of a batch, " + what, wide ? Scale.Kind.LOG : Scale.Kind.LINEAR),
            curves,
            absent);
    List<String> notes = new ArrayList<>();
    long left = run.cases().stream().filter(one -> times(one).isPresent()).count() - shown.size();
    if (left > 0) {
      notes.add(
          String.format(
              ROOT,
              "The %d fastest cases are drawn; the table has the other %d too.",
              shown.size(),
              left));
    }
    Block figure =
        Drawing.figure(
            new ChartTitle(
                "tail-quantiles", "Quantiles of a batch's time", description(run, shown)),
            "Marks are the percentiles of the result; the band is their 95 % interval (order"
                + " statistics). A percentile with too few samples is not drawn.",
            (title, width) -> XyChart.svg(title, width, content),
            Optional.of(table(run)),
            Optional.empty(),
            notes);
    return Optional.of(
        new Section("tail", "Tail", "How slow are the slowest batches?", List.of(figure)));
  }

  /** Returns the latency of a case that has a queue; its total says nothing of the wait. */
  static Optional<Distribution> latency(CaseResult one) {
    return one.timed().load().map(LoadFigures::times).flatMap(LoadFigures.QueueTimes::latency);
  }

  /** In rounds, the latency is of a round. */
  private static String waiting(CaseResult one) {
    return one.timed().load().filter(l -> l.applied().scenario().equals("multi-stream")).isPresent()
        ? "a round, until its last result"
        : "latency, from when it was due";
  }

  private static Optional<Distribution> times(CaseResult one) {
    return latency(one).or(() -> one.stage(Stage.TOTAL.label()));
  }

  /** Returns the cases with a median, the fastest, in their order. */
  static List<Integer> shown(RunView run) {
    List<Integer> known = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      if (RunView.millis(times(run.cases().get(i)), 50).isPresent()) {
        known.add(i);
      }
    }
    return known.stream()
        .sorted(
            java.util.Comparator.comparingDouble(
                i -> RunView.millis(times(run.cases().get(i)), 50).orElseThrow()))
        .limit(MAX_CURVES)
        .sorted()
        .toList();
  }

  private static double range(RunView run, List<Integer> shown) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i : shown) {
      Distribution times = times(run.cases().get(i)).orElseThrow();
      least = Math.min(least, (double) times.minNanos());
      most = Math.max(most, (double) times.maxNanos());
    }
    return least > 0 ? most / least : 1;
  }

  private static XyChart.Series curve(String label, int style, Map<Double, Double> samples) {
    List<Point> corners = new ArrayList<>();
    samples.forEach(
        (percent, millis) -> {
          if (percent <= LAST) {
            corners.add(Point.corner(percent, millis));
          }
        });
    return new XyChart.Series(label, style, Line.STRAIGHT, corners);
  }

  private static XyChart.Series points(
      CaseResult one, Optional<Distribution> times, int style, boolean joined) {
    List<Point> points = new ArrayList<>();
    for (Quantile q : times.orElseThrow().quantiles()) {
      if (q.nanos().isPresent()) {
        double millis = q.nanos().getAsLong() / 1e6;
        points.add(
            new Point(
                q.percent(),
                millis,
                end(q, true),
                end(q, false),
                "",
                one.id() + " " + q.label() + ": " + Figures.millis(1e6 * millis) + " ms",
                Map.of(
                    "case", one.id(),
                    "percent", CasesSection.number(q.percent()),
                    "ms", CasesSection.number(millis))));
      }
    }
    return new XyChart.Series("", style, joined ? Line.STRAIGHT : Line.BAND, points);
  }

  private static OptionalDouble end(Quantile q, boolean low) {
    Optional<QuantileInterval> interval = q.interval();
    return interval.isPresent()
        ? OptionalDouble.of((low ? interval.get().lowNanos() : interval.get().highNanos()) / 1e6)
        : OptionalDouble.empty();
  }

  /** Returns a line at each percentile that a case has too few samples for. */
  private static List<XyChart.Rule> absent(RunView run, List<Integer> shown) {
    List<XyChart.Rule> rules = new ArrayList<>();
    for (double percent : new double[] {90, 95, 99, 99.9}) {
      long fewest = Long.MAX_VALUE;
      int needed = 0;
      int lacking = 0;
      String label = "";
      for (int i : shown) {
        Distribution times = times(run.cases().get(i)).orElseThrow();
        Quantile q = times.quantile(percent);
        if (q.nanos().isEmpty()) {
          lacking++;
          label = q.label();
          needed = q.needed();
          fewest = Math.min(fewest, times.count());
        }
      }
      if (lacking > 0) {
        String who =
            lacking == shown.size() ? "" : " of " + (lacking == 1 ? "1 case" : lacking + " cases");
        rules.add(
            new XyChart.Rule(
                true,
                percent,
                String.format(ROOT, "%s%s absent: %,d of %,d samples", label, who, fewest, needed),
                "absent"));
      }
    }
    return rules;
  }

  private static String description(RunView run, List<Integer> shown) {
    StringBuilder text = new StringBuilder();
    for (int i : shown) {
      Optional<Distribution> times = times(run.cases().get(i));
      text.append(text.isEmpty() ? "" : "; ").append(run.labels().get(i)).append(": p50 ");
      text.append(Figures.millis(times, 50)).append(" ms, p90 ").append(Figures.millis(times, 90));
      text.append(", p99 ").append(Figures.millis(times, 99));
    }
    return text.append('.').toString();
  }

  private static Block.Table table(RunView run) {
    List<Column> columns =
        List.of(
            Column.text("case"),
            Column.text("time"),
            Column.text("percentile"),
            Column.number("ms"),
            Column.number("95 % interval"),
            Column.number("n"),
            Column.number("needs"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      String label = run.labels().get(i);
      latency(one).ifPresent(times -> rows.addAll(rows(label, "latency", times)));
      one.timed()
          .load()
          .map(LoadFigures::times)
          .flatMap(LoadFigures.QueueTimes::queueWait)
          .ifPresent(times -> rows.addAll(rows(label, "queue wait", times)));
      one.stage(Stage.TOTAL.label()).ifPresent(times -> rows.addAll(rows(label, "total", times)));
    }
    return new Block.Table("Percentiles of a batch's time", columns, rows, true);
  }

  private static List<Row> rows(String label, String time, Distribution times) {
    List<Row> rows = new ArrayList<>();
    for (Quantile q : times.quantiles()) {
      rows.add(
          new Row(
              List.of(
                  Cell.of(label),
                  Cell.of(time),
                  new Cell(q.label(), String.valueOf(q.percent()), ""),
                  q.nanos().isPresent() ? Cells.millis(times, q) : Cell.of("absent"),
                  q.interval()
                      .map(
                          v ->
                              Cell.of(
                                  Figures.millis((double) v.lowNanos())
                                      + " – "
                                      + Figures.millis((double) v.highNanos()),
                                  (double) v.lowNanos()))
                      .orElse(Cells.ABSENT),
                  Cells.count(times.count()),
                  Cells.count(q.needed()))));
    }
    return rows;
  }
}
