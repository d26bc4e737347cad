package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.PrecisionRecallCurve;
import io.stagemark.data.Score;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Precision against recall of detectors that were scored with COCO AP: the mean over the classes,
 * and the classes with the most objects. Every figure has the same axes; cases with equal curves
 * share one.
 */
final class PrecisionRecallFigures {
  /** Different curves that are drawn: two figures each. */
  private static final int MAX_DRAWN = 8;

  private static final String SCORE = "coco-ap";

  /** Every tenth point has a mark and a row in the table. */
  private static final int STEP = 10;

  private static final List<Double> TENTHS = List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);

  private PrecisionRecallFigures() {}

  static List<Block> of(RunView run) {
    Map<List<PrecisionRecallCurve>, List<String>> drawn = new LinkedHashMap<>();
    Map<String, List<String>> absent = new LinkedHashMap<>();
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      String label = run.labels().get(i);
      Optional<String> reason = absence(one);
      if (reason.isPresent()) {
        absent.computeIfAbsent(reason.get(), key -> new ArrayList<>()).add(label);
      } else if (!one.scored().curves().isEmpty()) {
        drawn.computeIfAbsent(one.scored().curves(), key -> new ArrayList<>()).add(label);
      }
    }
    List<Block> blocks = new ArrayList<>();
    if (!drawn.isEmpty() || !absent.isEmpty()) {
      blocks.add(new Block.Heading("Precision and recall"));
    }
    if (!drawn.isEmpty()) {
      blocks.add(
          new Block.Paragraph(
              "Precision at COCO's 101 points of recall. AP is the mean of a curve's points: the"
                  + " mean curves' are the scores coco-ap50, coco-ap75 and coco-ap. Precision is 0 at a"
                  + " recall that was not reached."));
      blocks.add(new Block.Multiples(figures(drawn)));
    }
    if (drawn.size() > MAX_DRAWN) {
      blocks.add(
          new Block.Paragraph(
              String.format(
                  ROOT,
                  "%d of %d different sets of curves are drawn; result.json has the others.",
                  MAX_DRAWN,
                  drawn.size())));
    }
    absent.forEach(
        (reason, labels) ->
            blocks.add(new Block.Paragraph("Not drawn for " + among(labels) + ": " + reason)));
    return blocks;
  }

  /** Returns why a case that was scored with COCO AP has no curve. */
  private static Optional<String> absence(CaseResult one) {
    Optional<Score> score = one.score(SCORE);
    if (score.isEmpty()) {
      return Optional.empty();
    }
    if (one.scored().curves().stream().anyMatch(curve -> !curve.precision().isEmpty())) {
      return Optional.empty();
    }
    if (!one.scored().curves().isEmpty()) {
      return Optional.of("no example has an object that should be found.");
    }
    return Optional.of(
        Double.isNaN(score.get().value()) && score.get().count() == 0
            ? "the outputs could not be scored."
            : "result.json has no curves; a run with this version stores them.");
  }

  private static String among(List<String> labels) {
    int shown = Math.min(3, labels.size());
    String names = String.join("; ", labels.subList(0, shown));
    return labels.size() > shown
        ? names + String.format(ROOT, "; and %d others", labels.size() - shown)
        : names;
  }

  private static List<Block.Figure> figures(Map<List<PrecisionRecallCurve>, List<String>> drawn) {
    List<Block.Figure> figures = new ArrayList<>();
    int number = 0;
    for (Map.Entry<List<PrecisionRecallCurve>, List<String>> each : drawn.entrySet()) {
      number++;
      if (number > MAX_DRAWN) {
        break;
      }
      String label = among(each.getValue());
      List<PrecisionRecallCurve> all =
          each.getKey().stream().filter(curve -> !curve.precision().isEmpty()).toList();
      List<PrecisionRecallCurve> mean =
          all.stream().filter(curve -> curve.category().isEmpty()).toList();
      List<PrecisionRecallCurve> classes =
          all.stream().filter(curve -> curve.category().isPresent()).toList();
      if (!mean.isEmpty()) {
        figures.add(
            figure(
                "precision-recall-" + number,
                String.format(
                    ROOT, "Mean over the classes, %,d objects: %s", mean.get(0).truths(), label),
                mean));
      }
      if (!classes.isEmpty()) {
        figures.add(
            figure(
                "precision-recall-classes-" + number,
                String.format(
                    ROOT, "Classes with the most objects, IoU %s: %s", classes.get(0).iou(), label),
                classes));
      }
    }
    return figures;
  }

  private static Block.Figure figure(String id, String title, List<PrecisionRecallCurve> curves) {
    List<XyChart.Series> series = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      PrecisionRecallCurve curve = curves.get(i);
      String name = String.format(ROOT, "%s: AP %s", name(curve), Figures.score(curve.mean()));
      series.add(new XyChart.Series(name, i, Line.STRAIGHT, points(curve)));
    }
    XyChart.Content content =
        new XyChart.Content(
            unit("recall", TENTHS), unit("precision", List.of()), series, List.of());
    return Drawing.small(
        new ChartTitle(id, title, curves.size() + " curves of precision against recall."),
        (text, width) -> XyChart.svg(text, width, content),
        List.of(),
        table(curves));
  }

  private static Axis unit(String name, List<Double> ticks) {
    return new Axis(
        name, Scale.Kind.LINEAR, OptionalDouble.of(-0.02), OptionalDouble.of(1.02), ticks);
  }

  private static String name(PrecisionRecallCurve curve) {
    return curve
        .category()
        .map(category -> String.format(ROOT, "%s (n %,d)", category, curve.truths()))
        .orElse("IoU " + curve.iou());
  }

  /** The corners of the curve, and a mark at every tenth point that was reached. */
  private static List<Point> points(PrecisionRecallCurve curve) {
    TreeSet<Integer> chosen = new TreeSet<>();
    int last = PrecisionRecallCurve.POINTS - 1;
    for (int i = 0; i <= last; i++) {
      boolean flat =
          i > 0
              && i < last
              && curve.precision().get(i - 1).equals(curve.precision().get(i))
              && curve.precision().get(i).equals(curve.precision().get(i + 1));
      if (!flat || isMarked(curve, i)) {
        chosen.add(i);
      }
    }
    return chosen.stream()
        .map(i -> isMarked(curve, i) ? marked(curve, i) : corner(curve, i))
        .toList();
  }

  /** Recall that no detection reached has precision 0: marks there would hide each other. */
  private static boolean isMarked(PrecisionRecallCurve curve, int i) {
    return i % STEP == 0 && curve.precision().get(i) > 0;
  }

  private static Point corner(PrecisionRecallCurve curve, int i) {
    return Point.corner(PrecisionRecallCurve.recall(i), curve.precision().get(i));
  }

  private static Point marked(PrecisionRecallCurve curve, int i) {
    double recall = PrecisionRecallCurve.recall(i);
    double precision = curve.precision().get(i);
    return new Point(
        recall,
        precision,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "",
        String.format(ROOT, "%s: precision %.3f at recall %.1f", name(curve), precision, recall),
        Map.of("precision", CasesSection.number(precision)));
  }

  private static Block.Table table(List<PrecisionRecallCurve> curves) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("recall")));
    curves.forEach(curve -> columns.add(Column.number(name(curve))));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < PrecisionRecallCurve.POINTS; i += STEP) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(String.format(ROOT, "%.1f", PrecisionRecallCurve.recall(i))));
      for (PrecisionRecallCurve curve : curves) {
        cells.add(Cells.number(curve.precision().get(i), "%.3f"));
      }
      rows.add(new Row(cells));
    }
    List<Cell> means = new ArrayList<>(List.of(Cell.of("AP, of all 101 points")));
    curves.forEach(curve -> means.add(Cell.of(Figures.score(curve.mean()), curve.mean())));
    rows.add(new Row(means));
    return new Block.Table("Precision", columns, rows, false);
  }
}
