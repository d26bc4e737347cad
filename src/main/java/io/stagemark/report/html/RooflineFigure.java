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
import io.stagemark.result.OperatorTimes;
import io.stagemark.result.OperatorTimes.Ceiling;
import io.stagemark.result.OperatorTimes.RooflinePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A model and its heaviest operators under the measured ceilings of the machine. */
final class RooflineFigure {
  private RooflineFigure() {}

  static Block of(int index, String label, OperatorTimes times) {
    List<RooflinePoint> computed =
        times.heaviest().stream().filter(RooflineFigure::isDrawn).toList();
    double least = 0.1;
    double most = 100;
    for (RooflinePoint point : computed) {
      least = Math.min(least, intensity(point));
      most = Math.max(most, intensity(point));
    }
    List<XyChart.Series> series = new ArrayList<>();
    double bandwidth = times.bandwidth().median();
    for (Ceiling peak : times.peaks()) {
      double knee = bandwidth > 0 ? peak.median() / bandwidth : least;
      series.add(
          new XyChart.Series(
              "roof, " + peak.of(),
              series.size() + 2,
              Line.STRAIGHT,
              List.of(
                  Point.corner(least / 2, Math.min(peak.median(), bandwidth * least / 2) / 1e9),
                  Point.corner(Math.max(least, knee), peak.median() / 1e9),
                  Point.corner(Math.max(2 * knee, most * 2), peak.median() / 1e9))));
    }
    series.add(new XyChart.Series("an operator", 0, Line.NONE, points(computed)));
    if (isDrawn(times.model())) {
      series.add(new XyChart.Series("the model", 1, Line.NONE, points(List.of(times.model()))));
    }
    XyChart.Content content =
        new XyChart.Content(
            Axis.fitting("FLOP for each byte moved", Scale.Kind.LOG),
            Axis.fitting("GFLOP/s", Scale.Kind.LOG),
            series,
            List.of());
    List<Row> rows = new ArrayList<>(List.of(row(times.model())));
    times.heaviest().forEach(point -> rows.add(row(point)));
    return Drawing.figure(
        new ChartTitle(
            "roofline-" + (index + 1),
            "Roofline: " + label,
            String.format(
                ROOT,
                "%d operators and the model under a bandwidth of %.1f GB/s.",
                computed.size(),
                bandwidth / 1e9)),
        String.format(
            ROOT,
            "Ceilings are measured on this machine with %d threads: memory %.1f GB/s (spread %.0f %%)."
                + " What is below the roof does not use what the machine has.",
            times.threads(),
            bandwidth / 1e9,
            100 * times.bandwidth().spread()),
        (title, width) -> XyChart.svg(title, width, content),
        Optional.of(table("The model and its heaviest operators by time", rows)),
        Optional.empty(),
        times.warnings());
  }

  private static boolean isDrawn(RooflinePoint point) {
    return point.flopsTotal() > 0 && point.bytesMoved() > 0 && point.flopsPerSecond() > 0;
  }

  private static double intensity(RooflinePoint point) {
    return (double) point.flopsTotal() / point.bytesMoved();
  }

  private static List<Point> points(List<RooflinePoint> all) {
    return all.stream()
        .map(
            point ->
                new Point(
                    intensity(point),
                    point.flopsPerSecond() / 1e9,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    point.name(),
                    String.format(
                        ROOT,
                        "%s (%s): %.1f GFLOP/s, %.0f %% of what is attainable",
                        point.name(),
                        point.operator(),
                        point.flopsPerSecond() / 1e9,
                        100 * point.fraction()),
                    Map.of("gflops", CasesSection.number(point.flopsPerSecond() / 1e9))))
        .toList();
  }

  static Block.Table table(String caption, List<Row> rows) {
    return new Block.Table(
        caption,
        List.of(
            Column.text("operator"),
            Column.text("kind"),
            Column.text("type"),
            Column.number("ms"),
            Column.number("GFLOP/s"),
            Column.number("of attainable %"),
            Column.number("MFLOP"),
            Column.number("MB moved")),
        rows,
        true);
  }

  static Row row(RooflinePoint point) {
    return new Row(
        List.of(
            Cell.of(point.name()),
            Cell.of(point.operator()),
            Cell.of(point.type()),
            Cells.number(1e3 * point.seconds(), "%.3f"),
            Cells.number(point.flopsPerSecond() / 1e9, "%.1f"),
            point.fraction() > 0 ? Cells.number(100 * point.fraction(), "%.0f") : Cells.ABSENT,
            Cells.number(point.flopsTotal() / 1e6, "%.2f"),
            Cells.number(point.bytesMoved() / 1e6, "%.2f")));
  }
}
