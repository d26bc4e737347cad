package io.stagemark.report.comparison;

import static java.util.Locale.ROOT;

import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.DotRows;
import io.stagemark.report.chart.Scale;
import io.stagemark.report.chart.XyChart;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Drawing;
import io.stagemark.result.comparison.BlameShare;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.stats.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Charts of changes with their intervals. Changes that are not known are left out of them. */
final class ChangeFigures {
  private static final double PERCENT = 100;
  private static final double MILLI = 1e6;

  private ChangeFigures() {}

  /** Every stage's change of one percentile, in %, with the margin as a band around none. */
  static Optional<Block> forest(
      int percentile, List<SpeedResult> results, Function<SpeedResult, String> name) {
    List<SpeedResult> known = results.stream().filter(ChangeFigures::isKnown).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    List<DotRows.Row> rows =
        known.stream()
            .map(
                s ->
                    row(
                        name.apply(s) + (s.metric().gated() ? "" : " (informs)"),
                        s.times().change() * PERCENT,
                        scaled(s.times().interval(), PERCENT),
                        String.format(
                            ROOT,
                            "%s %s",
                            s.verdict().sign(),
                            ComparisonFigures.change(s.times().change())),
                        Map.of(
                            "stage", s.metric().stage(),
                            "percentile", String.valueOf(percentile),
                            "change", String.valueOf(s.times().change()))))
            .toList();
    double[] margins = known.stream().mapToDouble(s -> s.test().margin()).distinct().toArray();
    OptionalDouble band =
        margins.length == 1 && Double.isFinite(margins[0])
            ? OptionalDouble.of(margins[0] * PERCENT)
            : OptionalDouble.empty();
    DotRows.Axis axis =
        new DotRows.Axis(
            "change of p" + percentile + ", %", Scale.Kind.LINEAR, OptionalDouble.of(0), band);
    ChartTitle title =
        new ChartTitle(
            "forest-p" + percentile,
            "Change of p" + percentile,
            "each stage's change with its 95 % interval; right of 0 is slower");
    return Optional.of(
        Drawing.figure(
            title,
            band.isPresent()
                ? String.format(
                    ROOT,
                    "Right of 0 is slower. A box is the 95 %% interval; the band is the margin of"
                        + " ±%s.",
                    ComparisonFigures.margin(margins[0]))
                : "Right of 0 is slower. A box is the 95 % interval.",
            (t, width) -> DotRows.svg(t, width, axis, rows),
            Optional.empty()));
  }

  /** The total's change by percentile: a tail that moved alone is seen here. */
  static Optional<Block> shift(List<SpeedResult> speed) {
    Map<String, List<SpeedResult>> byCase =
        speed.stream()
            .filter(s -> s.metric().stage().equals("total") && isKnown(s))
            .collect(
                Collectors.groupingBy(
                    s -> s.metric().caseId(), LinkedHashMap::new, Collectors.toList()));
    byCase.values().removeIf(points -> points.size() < 2);
    if (byCase.isEmpty()) {
      return Optional.empty();
    }
    List<XyChart.Series> series = new ArrayList<>();
    byCase.forEach(
        (caseId, results) ->
            series.add(
                new XyChart.Series(
                    caseId,
                    series.size(),
                    XyChart.Line.STRAIGHT,
                    results.stream().map(ChangeFigures::point).toList())));
    XyChart.Content content =
        new XyChart.Content(
            new XyChart.Axis(
                "percentile of the total",
                Scale.Kind.TAIL,
                OptionalDouble.of(0),
                OptionalDouble.of(99.5)),
            XyChart.Axis.fitting("change, %", Scale.Kind.LINEAR),
            series,
            List.of(new XyChart.Rule(false, 0, "no change", "bound")));
    return Optional.of(
        Drawing.figure(
            new ChartTitle("shift", "Shift of the total", "the total's change at each percentile"),
            "Above 0 is slower. A tail that grew alone rises to the right.",
            (t, width) -> XyChart.svg(t, width, content),
            Optional.empty()));
  }

  private static XyChart.Point point(SpeedResult s) {
    Interval interval = scaled(s.times().interval(), PERCENT);
    return new XyChart.Point(
        s.metric().percentile(),
        s.times().change() * PERCENT,
        OptionalDouble.of(interval.low()),
        OptionalDouble.of(interval.high()),
        "",
        String.format(
            ROOT,
            "%s %s %s",
            s.label(),
            ComparisonFigures.change(s.times().change()),
            ComparisonFigures.changes(s.times().interval())),
        Map.of("percentile", String.valueOf(s.metric().percentile())));
  }

  /** The change of each stage's p50 in ms. */
  static Optional<Block> blame(List<BlameShare> shares, boolean severalCases) {
    List<BlameShare> known =
        shares.stream().filter(s -> Double.isFinite(s.nanos()) && isFinite(s.interval())).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    List<DotRows.Row> rows =
        known.stream()
            .map(
                s ->
                    row(
                        (severalCases ? s.caseId() + " " : "") + s.stage(),
                        s.nanos() / MILLI,
                        scaled(s.interval(), 1 / MILLI),
                        ComparisonFigures.signedMillis(s.nanos()),
                        Map.of("stage", s.stage(), "nanos", String.valueOf(s.nanos()))))
            .toList();
    DotRows.Axis axis =
        new DotRows.Axis(
            "change of p50, ms", Scale.Kind.LINEAR, OptionalDouble.of(0), OptionalDouble.empty());
    return Optional.of(
        Drawing.figure(
            new ChartTitle(
                "shares", "Change of each stage", "the change of each stage's p50, in ms"),
            "Right of 0 is slower. A box is the 95 % interval.",
            (t, width) -> DotRows.svg(t, width, axis, rows),
            Optional.empty()));
  }

  private static DotRows.Row row(
      String label, double value, Interval interval, String text, Map<String, String> data) {
    String title = label + ": " + text;
    return new DotRows.Row(
        label,
        0,
        List.of(new DotRows.Dot(value, title, data)),
        Optional.of(new DotRows.Span(value, interval.low(), interval.high(), title)),
        text);
  }

  private static Interval scaled(Interval interval, double factor) {
    return new Interval(interval.low() * factor, interval.high() * factor);
  }

  private static boolean isKnown(SpeedResult s) {
    return Double.isFinite(s.times().change()) && isFinite(s.times().interval());
  }

  private static boolean isFinite(Interval interval) {
    return Double.isFinite(interval.low()) && Double.isFinite(interval.high());
  }
}
