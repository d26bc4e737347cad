package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.report.PrecisionText;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.DotRows;
import io.stagemark.report.chart.Scale;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.Steadiness;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.stats.RepeatInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The measurement over time: trials side by side, and batch by batch. */
final class TimeSection {
  /** More are folded away, and smaller. */
  private static final int OPEN = 4;

  /** Of more, the samples files alone have the batches. */
  private static final int MAX_DRAWN = 120;

  private TimeSection() {}

  static Optional<Section> of(RunView run, StoredSeries series) {
    List<Block> blocks = new ArrayList<>();
    if (run.cases().stream().anyMatch(one -> !medians(one).isEmpty())) {
      blocks.add(trials(run));
    }
    List<Block.Figure> small = new ArrayList<>();
    int drawn = 0;
    for (int i = 0; i < run.cases().size() && drawn < MAX_DRAWN; i++) {
      if (!series.byCase().get(i).trials().isEmpty()) {
        boolean open = drawn < OPEN;
        Block.Figure figure = SeriesFigure.of(run, series, i, !open);
        if (open) {
          blocks.add(figure);
        } else {
          small.add(figure);
        }
        drawn++;
      }
    }
    if (!small.isEmpty()) {
      blocks.add(
          new Block.Folded(
              "Batch by batch: " + small.size() + " more cases",
              List.of(new Block.Multiples(small))));
    }
    int left = (int) series.byCase().stream().filter(c -> !c.trials().isEmpty()).count() - drawn;
    if (left > 0) {
      blocks.add(
          new Block.Paragraph(
              "The batches of " + left + " more cases are not drawn; samples/ has them."));
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "time",
                "Time",
                "Did anything change while it was measured, and do the trials agree?",
                blocks));
  }

  private static List<DotRows.Dot> medians(CaseResult one) {
    List<DotRows.Dot> dots = new ArrayList<>();
    for (TrialResult trial : one.trials()) {
      OptionalDouble millis =
          RunView.millis(trial.measured().flatMap(m -> m.stage(Stage.TOTAL.label())), 50);
      millis.ifPresent(
          value ->
              dots.add(
                  new DotRows.Dot(
                      value,
                      "trial " + trial.index() + ": " + Figures.millis(1e6 * value) + " ms",
                      Map.of(
                          "case", one.id(),
                          "trial", Integer.toString(trial.index()),
                          "ms", CasesSection.number(value)))));
    }
    return dots;
  }

  private static Block trials(RunView run) {
    List<DotRows.Row> rows = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i : run.drawn()) {
      CaseResult one = run.cases().get(i);
      List<DotRows.Dot> dots = medians(one);
      Optional<RepeatInterval> headline = PrecisionText.headline(one);
      rows.add(
          new DotRows.Row(
              run.labels().get(i),
              i,
              dots,
              PrecisionText.ratedHeadline(one)
                  .map(
                      h ->
                          new DotRows.Span(
                              h.value() / 1e6,
                              h.low() / 1e6,
                              h.high() / 1e6,
                              "95 % interval "
                                  + Figures.millis(h.low())
                                  + " to "
                                  + Figures.millis(h.high())
                                  + " ms")),
              headline.map(PrecisionText::plusMinus).orElse("")));
      double low = dots.stream().mapToDouble(DotRows.Dot::value).min().orElse(least);
      double high = dots.stream().mapToDouble(DotRows.Dot::value).max().orElse(most);
      least = Math.min(least, low);
      most = Math.max(most, high);
      if (i < 8 && !dots.isEmpty()) {
        text.append(
            String.format(
                ROOT, "%s: trials from %.4g to %.4g ms; ", run.labels().get(i), low, high));
      }
    }
    DotRows.Axis axis =
        new DotRows.Axis(
            "ms, median of a trial",
            most > 5 * least && least > 0 ? Scale.Kind.LOG : Scale.Kind.LINEAR,
            OptionalDouble.empty(),
            OptionalDouble.empty());
    return Drawing.figure(
        new ChartTitle("trials", "Trials side by side", text + "each a fresh JVM."),
        "Each mark is the median of one trial, a fresh JVM. The bar is the case's median with the"
            + " interval in which another run should settle.",
        (title, width) -> DotRows.svg(title, width, axis, rows),
        Optional.of(table(run)),
        Optional.empty(),
        run.leftOut());
  }

  private static Block.Table table(RunView run) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("case")));
    for (String name :
        List.of("trial", "batches", "p50 ms", "FPS", "warm-up batches", "warm-up s", "failed")) {
      columns.add(Column.number(name));
    }
    columns.add(Column.text("steady"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      for (TrialResult trial : run.cases().get(i).trials()) {
        rows.add(row(run.labels().get(i), trial));
      }
    }
    return new Block.Table("Trials", columns, rows, true);
  }

  private static Row row(String label, TrialResult trial) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(label), Cells.count(trial.index())));
    if (trial.measured().isEmpty()) {
      for (int i = 0; i < 6; i++) {
        cells.add(Cells.ABSENT);
      }
      cells.add(Cell.of("failed"));
      return new Row(cells);
    }
    TrialResult.Measured m = trial.measured().get();
    cells.add(Cells.count(m.window().batches()));
    cells.add(Cells.millis(m.stage(Stage.TOTAL.label()), 50));
    cells.add(Cells.number(m.window().images() / (m.window().wallNanos() / 1e9), "%.2f"));
    cells.add(Cells.count(m.preparation().warmupBatches()));
    cells.add(Cells.number(m.preparation().warmupNanos() / 1e9, "%.1f"));
    cells.add(Cells.count(m.window().failedBatches()));
    cells.add(Cell.of(m.proof().map(TrialProof::steadiness).map(TimeSection::words).orElse("–")));
    return new Row(cells);
  }

  private static String words(Steadiness steadiness) {
    return String.format(
        ROOT,
        "%s, %.0f %% on one level",
        steadiness.verdict().name().toLowerCase(ROOT).replace('_', ' '),
        100 * steadiness.share());
  }
}
