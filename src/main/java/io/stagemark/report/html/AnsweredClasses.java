package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.data.Prediction.ScoredClass;
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
import io.stagemark.result.ExampleAnswer;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.file.CaseExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a classifier answered, from the stored examples that have one true class: which class for
 * which, and whether its scores are as often right as they say.
 */
final class AnsweredClasses {
  private static final int MAX_CLASSES = 20;
  private static final int MIN_EXAMPLES = 20;
  private static final int BINS = 10;

  private AnsweredClasses() {}

  private record Answered(int truth, int answered, double score) {}

  static List<Block> of(int index, String label, CaseExamples examples) {
    List<Answered> all = new ArrayList<>();
    for (ExampleResult example : examples.examples()) {
      Optional<ExampleAnswer> answer = example.answer();
      if (answer.isPresent()
          && answer.get().truth().size() == 1
          && !answer.get().predicted().isEmpty()) {
        ScoredClass best = answer.get().predicted().get(0);
        all.add(new Answered(answer.get().truth().get(0), best.classId(), best.score()));
      }
    }
    List<String> names = examples.labels().stream().map(PlainText::seen).toList();
    List<Block> blocks = new ArrayList<>();
    confusion(label, all, names).ifPresent(blocks::add);
    reliability(index, label, all).ifPresent(blocks::add);
    return blocks;
  }

  private static Optional<Block> confusion(String label, List<Answered> all, List<String> names) {
    TreeSet<Integer> classes = new TreeSet<>();
    all.forEach(one -> classes.addAll(List.of(one.truth(), one.answered())));
    if (classes.size() < 2 || classes.size() > MAX_CLASSES) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>(List.of(Column.text("true \\ answered")));
    classes.forEach(c -> columns.add(Column.number(names.get(c))));
    List<Row> rows = new ArrayList<>();
    for (int truth : classes) {
      long of = all.stream().filter(one -> one.truth() == truth).count();
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(names.get(truth))));
      for (int answered : classes) {
        long count =
            all.stream().filter(one -> one.truth() == truth && one.answered() == answered).count();
        int heat = count == 0 ? 0 : (int) Math.ceil(4.0 * count / of);
        cells.add(
            new Cell(Long.toString(count), Long.toString(count), heat == 0 ? "" : "heat-" + heat));
      }
      rows.add(new Row(cells));
    }
    return Optional.of(
        new Block.Table(
            "Confusion matrix of "
                + label
                + ": likeliest answer of "
                + all.size()
                + " examples with one true class",
            columns,
            rows,
            false));
  }

  private static Optional<Block> reliability(int index, String label, List<Answered> all) {
    if (all.size() < MIN_EXAMPLES
        || all.stream().anyMatch(one -> !(one.score() >= 0 && one.score() <= 1))) {
      return Optional.empty();
    }
    Map<Integer, List<Answered>> bins = new TreeMap<>();
    for (Answered one : all) {
      int bin = Math.min(BINS - 1, (int) (BINS * one.score()));
      bins.computeIfAbsent(bin, key -> new ArrayList<>()).add(one);
    }
    List<Point> points = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    bins.forEach(
        (bin, members) -> {
          double score = members.stream().mapToDouble(Answered::score).average().orElse(0);
          double right =
              members.stream().filter(one -> one.truth() == one.answered()).count()
                  / (double) members.size();
          points.add(
              new Point(
                  score,
                  right,
                  OptionalDouble.empty(),
                  OptionalDouble.empty(),
                  "n " + members.size(),
                  String.format(ROOT, "score %.2f: %.2f right of %d", score, right, members.size()),
                  Map.of("right", CasesSection.number(right))));
          rows.add(
              new Row(
                  List.of(
                      Cell.of(
                          String.format(
                              ROOT, "%.1f – %.1f", bin / (double) BINS, (bin + 1.0) / BINS)),
                      Cells.number(score, "%.3f"),
                      Cells.number(right, "%.3f"),
                      Cells.count(members.size()))));
        });
    Axis unit = new Axis("", Scale.Kind.LINEAR, OptionalDouble.of(-0.02), OptionalDouble.of(1.02));
    XyChart.Content content =
        new XyChart.Content(
            new Axis("score of the likeliest class", unit.kind(), unit.low(), unit.high()),
            new Axis("share that is right", unit.kind(), unit.low(), unit.high()),
            List.of(
                new XyChart.Series(
                    "as often right as it says",
                    6,
                    Line.STRAIGHT,
                    List.of(Point.corner(0, 0), Point.corner(1, 1))),
                new XyChart.Series(label, 0, Line.NONE, points)),
            List.of());
    return Optional.of(
        Drawing.figure(
            new ChartTitle(
                "reliability-" + (index + 1),
                "Reliability: " + label,
                points.size() + " bins of " + all.size() + " examples."),
            "",
            (title, width) -> XyChart.svg(title, width, content),
            Optional.of(
                new Block.Table(
                    "Reliability",
                    List.of(
                        Column.text("scores"),
                        Column.number("mean score"),
                        Column.number("right"),
                        Column.number("n")),
                    rows,
                    false))));
  }
}
