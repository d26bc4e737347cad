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
import io.stagemark.stats.RepeatInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** FPS against threads, batch and streams, for cases that differ in nothing else. */
final class ScalingFigures {
  /** The knee is the smallest setting that has this part of the best FPS. */
  private static final double KNEE = 0.9;

  private static final int MAX_LINES = 8;

  private ScalingFigures() {}

  static List<Block> of(RunView run) {
    List<Block> blocks = new ArrayList<>();
    figure(
            run,
            "threads",
            one -> one.key().threads(),
            one -> rest(one) + " b" + one.key().batch() + streams(one, " s"))
        .ifPresent(blocks::add);
    figure(
            run,
            "batch",
            one -> one.key().batch(),
            one -> rest(one) + " t" + one.key().threads() + streams(one, " s"))
        .ifPresent(blocks::add);
    figure(
            run,
            "streams",
            one -> one.timed().load().map(load -> load.applied().streams()).orElse(1),
            one -> rest(one) + " t" + one.key().threads() + " b" + one.key().batch())
        .ifPresent(blocks::add);
    return blocks;
  }

  private static String rest(CaseResult one) {
    return one.key().model() + " " + one.key().engine() + " " + one.key().device();
  }

  private static String streams(CaseResult one, String before) {
    return one.timed()
        .load()
        .filter(load -> load.applied().streams() > 1)
        .map(load -> before + load.applied().streams())
        .orElse("");
  }

  private static Optional<Block> figure(
      RunView run,
      String what,
      ToIntFunction<CaseResult> setting,
      Function<CaseResult, String> group) {
    Map<String, List<CaseResult>> groups = new LinkedHashMap<>();
    for (CaseResult one : run.cases()) {
      if (one.timed().framesPerSecond().isPresent()) {
        groups.computeIfAbsent(group.apply(one), key -> new ArrayList<>()).add(one);
      }
    }
    groups.values().removeIf(g -> g.stream().mapToInt(setting).distinct().count() < 2);
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    List<Double> settings =
        groups.values().stream()
            .flatMap(List::stream)
            .map(one -> (double) setting.applyAsInt(one))
            .distinct()
            .sorted()
            .toList();
    List<XyChart.Series> series = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    groups.forEach(
        (name, cases) -> {
          cases.sort(Comparator.comparingInt(setting));
          String knee = knee(cases).id();
          int at = setting.applyAsInt(knee(cases));
          for (CaseResult one : cases) {
            rows.add(row(name, setting.applyAsInt(one), one, one.id().equals(knee)));
          }
          notes.add(note(name, what, at, setting.applyAsInt(cases.get(cases.size() - 1))));
          if (series.size() < MAX_LINES) {
            series.add(
                new XyChart.Series(
                    name, series.size(), Line.STRAIGHT, points(cases, setting, knee)));
          }
        });
    XyChart.Content content =
        new XyChart.Content(
            Axis.of(what, Scale.Kind.LOG, settings),
            new Axis("FPS", Scale.Kind.LINEAR, OptionalDouble.of(0), OptionalDouble.empty()),
            series,
            List.of());
    String title = "FPS against " + what;
    return Optional.of(
        Drawing.figure(
            new ChartTitle("fps-" + what, title, String.join(" ", notes)),
            "Cases on one line differ in nothing else. Bars are 95 % intervals.",
            (heading, width) -> XyChart.svg(heading, width, content),
            Optional.of(
                new Block.Table(
                    title,
                    List.of(
                        Column.text("cases"),
                        Column.number(what),
                        Column.number("FPS"),
                        Column.number("total p50 ms"),
                        Column.text("knee")),
                    rows,
                    true)),
            Optional.empty(),
            notes));
  }

  private static String note(String name, String what, int knee, int largest) {
    return String.format(
        ROOT,
        knee == largest
            ? "%s: no %s below %d has %.0f %% of the best FPS; more may help."
            : "%s: %s %d has %.0f %% of the best FPS or more; beyond it little is gained.",
        name,
        what,
        knee,
        100 * KNEE);
  }

  private static CaseResult knee(List<CaseResult> cases) {
    double best =
        cases.stream()
            .mapToDouble(one -> one.timed().framesPerSecond().orElse(0.0))
            .max()
            .orElse(0);
    return cases.stream()
        .filter(one -> one.timed().framesPerSecond().orElse(0.0) >= KNEE * best)
        .findFirst()
        .orElseThrow();
  }

  private static List<Point> points(
      List<CaseResult> cases, ToIntFunction<CaseResult> setting, String knee) {
    List<Point> points = new ArrayList<>();
    for (CaseResult one : cases) {
      double fps = one.timed().framesPerSecond().orElseThrow();
      Optional<RepeatInterval> interval =
          one.proof()
              .flatMap(p -> p.precision())
              .flatMap(p -> p.framesPerSecond())
              .filter(i -> i.rating() != RepeatInterval.Rating.UNRATED);
      points.add(
          new Point(
              setting.applyAsInt(one),
              fps,
              interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty()),
              interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty()),
              one.id().equals(knee) ? "knee" : "",
              one.id() + ": " + Figures.fps(one.timed().framesPerSecond()) + " FPS",
              Map.of("case", one.id(), "fps", CasesSection.number(fps))));
    }
    return points;
  }

  private static Row row(String group, int setting, CaseResult one, boolean knee) {
    return new Row(
        List.of(
            Cell.of(group),
            Cells.count(setting),
            Cell.of(
                Figures.fps(one.timed().framesPerSecond()),
                one.timed().framesPerSecond().orElse(0.0)),
            Cells.millis(one.stage("total"), 50),
            Cell.of(knee ? "here" : "")));
  }
}
