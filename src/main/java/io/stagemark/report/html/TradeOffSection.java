package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.Score;
import io.stagemark.report.LoadText;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.Scale;
import io.stagemark.report.chart.XyChart;
import io.stagemark.report.chart.XyChart.Axis;
import io.stagemark.report.chart.XyChart.Line;
import io.stagemark.report.chart.XyChart.Point;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What is paid for what: speed against quality, and how FPS and latency grow. */
final class TradeOffSection {
  private TradeOffSection() {}

  static Optional<Section> of(RunView run) {
    List<Block> blocks = new ArrayList<>();
    quality(run).ifPresent(blocks::add);
    blocks.addAll(ScalingFigures.of(run));
    blocks.addAll(LoadFigure.of(run));
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "trade-offs",
                "Trade-offs",
                "What does more speed cost, and where does more of something stop to help?",
                blocks));
  }

  /** Speed against the first score that differs between the cases, or the first that there is. */
  private static Optional<Block> quality(RunView run) {
    List<String> names = CasesSection.scores(run);
    List<CaseResult> scored = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    Optional<String> chosen =
        names.stream().filter(name -> values(run, name).size() > 1).findFirst();
    String score = chosen.orElse(names.isEmpty() ? "" : names.get(0));
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      if (value(one, score).isPresent()
          && RunView.total(one).isPresent()
          && !LoadText.isLoaded(one)) {
        scored.add(one);
        labels.add(run.labels().get(i));
      }
    }
    if (scored.size() < 2) {
      return Optional.empty();
    }
    if (chosen.isEmpty()) {
      return Optional.of(
          new Block.Paragraph(
              String.format(
                  ROOT,
                  "Every case has the same %s (%s): the fastest loses nothing.",
                  score,
                  Figures.score(value(scored.get(0), score).orElseThrow()))));
    }
    boolean larger = scored.get(0).score(score).filter(Score::lowerIsBetter).isEmpty();
    List<Point> points = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      points.add(point(scored.get(i), labels.get(i), score));
    }
    List<Point> front = XyChart.front(points, larger);
    for (Point p : points) {
      rows.add(
          new Row(
              List.of(
                  Block.Cell.of(p.label()),
                  Cells.millis(1e6 * p.x()),
                  Block.Cell.of(Figures.score(p.y()), p.y()),
                  Block.Cell.of(front.contains(p) ? "yes" : ""))));
    }
    double least = points.stream().mapToDouble(Point::x).min().orElse(1);
    double most = points.stream().mapToDouble(Point::x).max().orElse(1);
    XyChart.Content content =
        new XyChart.Content(
            Axis.fitting(
                "ms for an image: faster is left",
                most > 6 * least ? Scale.Kind.LOG : Scale.Kind.LINEAR),
            Axis.fitting(
                score + (larger ? ": better is up" : ": better is down"), Scale.Kind.LINEAR),
            List.of(
                new XyChart.Series(
                    "no other is both faster and better",
                    1,
                    Line.STEP,
                    front.stream().map(p -> Point.corner(p.x(), p.y())).toList()),
                new XyChart.Series("a case", 0, Line.NONE, points)),
            List.of());
    return Optional.of(
        Drawing.figure(
            new ChartTitle(
                "pareto",
                "Speed against " + score,
                points.size() + " cases, " + front.size() + " of them on the front."),
            "",
            (title, width) -> XyChart.svg(title, width, content),
            Optional.of(
                new Block.Table(
                    "Speed and " + score,
                    List.of(
                        Column.text("case"),
                        Column.number("ms for an image"),
                        Column.number(score),
                        Column.text("on the front")),
                    rows,
                    true))));
  }

  private static Point point(CaseResult one, String label, String score) {
    double millis = RunView.total(one).orElseThrow() / one.key().batch();
    double value = value(one, score).orElseThrow();
    return new Point(
        millis,
        value,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        label,
        String.format(
            ROOT,
            "%s: %s ms, %s %s",
            label,
            Figures.millis(1e6 * millis),
            score,
            Figures.score(value)),
        Map.of(
            "case", one.id(),
            "ms", CasesSection.number(millis),
            "score", CasesSection.number(value)));
  }

  private static Set<String> values(RunView run, String name) {
    Set<String> values = new LinkedHashSet<>();
    run.cases().forEach(one -> value(one, name).ifPresent(v -> values.add(Figures.score(v))));
    return values;
  }

  private static OptionalDouble value(CaseResult one, String name) {
    return one.score(name)
        .map(Score::value)
        .filter(Double::isFinite)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }
}
