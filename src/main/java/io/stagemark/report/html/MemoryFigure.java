package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.Scale;
import io.stagemark.report.chart.XyChart;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Drawing;
import io.stagemark.result.Circumstances;
import io.stagemark.result.Resources;
import io.stagemark.result.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Physical memory of each trial's process over its measured time: a line that rises is a leak. */
final class MemoryFigure {
  private static final int MAX_CASES = 6;
  private static final double MEBIBYTE = 1 << 20;

  private MemoryFigure() {}

  /** Returns the figure; empty where no readings are stored. */
  static Optional<Block> of(RunView run) {
    List<XyChart.Series> series = new ArrayList<>();
    int cases = 0;
    for (int i = 0; i < run.cases().size() && cases < MAX_CASES; i++) {
      boolean first = true;
      for (TrialResult trial : run.cases().get(i).trials()) {
        List<Long> course = course(trial);
        if (course.size() > 1) {
          String label = run.labels().get(i);
          series.add(
              new XyChart.Series(
                  first ? label : "", cases, XyChart.Line.STRAIGHT, points(label, trial, course)));
          first = false;
        }
      }
      cases += first ? 0 : 1;
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    XyChart.Content content =
        new XyChart.Content(
            new XyChart.Axis(
                "part of the measured time, %",
                Scale.Kind.LINEAR, OptionalDouble.of(0), OptionalDouble.of(100)),
            new XyChart.Axis(
                "MiB", Scale.Kind.LINEAR, OptionalDouble.of(0), OptionalDouble.empty()),
            series,
            List.of());
    return Optional.of(
        Drawing.figure(
            new ChartTitle(
                "memory",
                "Memory over time",
                "physical memory of each trial's process while it measured, in MiB"),
            "A line is a trial. One that keeps rising is a leak; the table says how much."
                + (run.cases().size() > MAX_CASES
                    ? String.format(ROOT, " The first %d cases are drawn.", MAX_CASES)
                    : ""),
            (title, width) -> XyChart.svg(title, width, content),
            Optional.empty()));
  }

  private static List<Long> course(TrialResult trial) {
    return trial
        .measured()
        .flatMap(TrialResult.Measured::circumstances)
        .flatMap(Circumstances::resources)
        .flatMap(Resources::memory)
        .map(Resources.MemoryGrowth::courseBytes)
        .orElse(List.of());
  }

  private static List<XyChart.Point> points(String label, TrialResult trial, List<Long> course) {
    List<XyChart.Point> points = new ArrayList<>();
    int last = course.size() - 1;
    for (int i = 0; i <= last; i++) {
      double percent = 100.0 * i / last;
      double mebibytes = course.get(i) / MEBIBYTE;
      points.add(
          i == last
              ? new XyChart.Point(
                  percent,
                  mebibytes,
                  OptionalDouble.empty(),
                  OptionalDouble.empty(),
                  "",
                  String.format(ROOT, "%s, trial %d: %.0f MiB", label, trial.index(), mebibytes),
                  Map.of("mib", String.format(ROOT, "%.1f", mebibytes)))
              : XyChart.Point.corner(percent, mebibytes));
    }
    return points;
  }
}
