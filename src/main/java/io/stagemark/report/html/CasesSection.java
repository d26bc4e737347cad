package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.report.PrecisionText;
import io.stagemark.report.SizeTables;
import io.stagemark.report.chart.BarChart;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.Operations;
import io.stagemark.result.SizeLatency;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import io.stagemark.stats.RepeatInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Where the time of each case goes, and its figures side by side. */
final class CasesSection {
  private static final int MAX_SCORES = 3;

  private CasesSection() {}

  static Optional<Section> of(RunView run) {
    if (run.cases().stream().allMatch(one -> one.timed().stages().isEmpty())) {
      return Optional.empty();
    }
    List<Block> blocks = new ArrayList<>();
    if (run.cases().stream().anyMatch(one -> RunView.total(one).isPresent())) {
      blocks.add(stages(run));
    }
    blocks.add(cases(run));
    sizes(run).ifPresent(blocks::add);
    return Optional.of(
        new Section("cases", "Cases", "Where does the time go, and which case wins?", blocks));
  }

  private static Block stages(RunView run) {
    Map<String, String> legend = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>(RunView.STAGES);
    if (!run.decodeIsInTotal()) {
      shown.remove(Stage.DECODE.label());
    }
    shown.forEach(stage -> legend.put("s-" + stage, stage));
    List<BarChart.Row> rows = new ArrayList<>();
    for (int i : run.drawn()) {
      rows.add(bar(run.cases().get(i), run.labels().get(i), shown));
    }
    String caption =
        "Median of each stage of a batch, side by side. The line under a bar is the 95 % interval"
            + " of the total's median, which takes in the differences between trials.";
    return Drawing.figure(
        new ChartTitle("stages", "Time of a batch by stage", description(run)),
        run.decodeIsInTotal() ? caption : caption + " Decoding is not in the total of this run.",
        (title, width) -> BarChart.svg(title, width, "ms of a batch", legend, rows),
        Optional.of(table(run)),
        Optional.empty(),
        run.leftOut());
  }

  private static String description(RunView run) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(8, run.cases().size()); i++) {
      CaseResult one = run.cases().get(i);
      text.append(i == 0 ? "" : "; ").append(run.labels().get(i)).append(' ');
      text.append(Figures.millis(one.stage(Stage.TOTAL.label()), 50)).append(" ms in all, ");
      text.append(Figures.millis(one.stage(Stage.FORWARD.label()), 50)).append(" in forward");
    }
    return text.append('.').toString();
  }

  private static BarChart.Row bar(CaseResult one, String label, List<String> shown) {
    List<BarChart.Segment> segments = new ArrayList<>();
    double at = 0;
    for (String stage : shown) {
      OptionalDouble millis = RunView.millis(one, stage);
      if (millis.isPresent() && millis.getAsDouble() > 0) {
        double end = at + millis.getAsDouble();
        String text = Figures.millis(1e6 * millis.getAsDouble());
        segments.add(
            new BarChart.Segment(
                "s-" + stage,
                at,
                end,
                text,
                label + ", " + stage + ": " + text + " ms",
                Map.of("case", one.id(), "stage", stage, "ms", number(millis.getAsDouble()))));
        at = end;
      }
    }
    Optional<RepeatInterval> headline = PrecisionText.headline(one);
    String total = Figures.millis(one.stage(Stage.TOTAL.label()), 50);
    return new BarChart.Row(
        label,
        segments,
        PrecisionText.ratedHeadline(one)
            .map(
                h ->
                    new BarChart.Whisker(
                        h.value() / 1e6,
                        h.low() / 1e6,
                        h.high() / 1e6,
                        String.format(
                            ROOT,
                            "total p50 %s ms, 95 %% interval %s to %s",
                            total,
                            Figures.millis(h.low()),
                            Figures.millis(h.high())))),
        headline.map(h -> total + " " + PrecisionText.plusMinus(h)).orElse(total));
  }

  /** Returns all digits that a double needs. */
  static String number(double value) {
    return Double.toString(value);
  }

  /** Every stage of every case with every percentile. */
  private static Block.Table table(RunView run) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("case"), Column.text("stage")));
    for (String name :
        List.of("n", "mean ms", "min", "p50", "p90", "p95", "p99", "p99.9", "max", "sd")) {
      columns.add(Column.number(name));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      for (Map.Entry<String, Distribution> stage : run.cases().get(i).timed().stages().entrySet()) {
        Distribution times = stage.getValue();
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(run.labels().get(i)));
        cells.add(Cell.of(stage.getKey()));
        cells.add(Cells.count(times.count()));
        cells.add(Cells.millis(times.meanNanos()));
        cells.add(Cells.millis((double) times.minNanos()));
        for (Quantile quantile : times.quantiles()) {
          cells.add(Cells.millis(times, quantile));
        }
        cells.add(Cells.millis((double) times.maxNanos()));
        cells.add(Cells.millis(times.standardDeviationNanos()));
        rows.add(new Row(cells));
      }
    }
    return new Block.Table("Times of a batch in ms", columns, rows, true);
  }

  private static Block cases(RunView run) {
    List<String> scores = scores(run);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("case"));
    for (String name : List.of("p50 ms", "95 % interval", "FPS", "GFLOP", "GFLOP/s")) {
      columns.add(Column.number(name));
    }
    scores.forEach(name -> columns.add(Column.number(name)));
    columns.add(Column.number("peak MiB"));
    columns.add(Column.text("verdict"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      rows.add(row(run.cases().get(i), run.labels().get(i), scores));
    }
    return new Block.Table(
        "Figures of each case: total time of a batch, images a second, operations of an image",
        columns,
        rows,
        true);
  }

  /** Returns the times of each size of the input; empty where every case has one size. */
  private static Optional<Block> sizes(RunView run) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      for (SizeLatency size : run.cases().get(i).timed().sizes()) {
        rows.add(row(size, run.labels().get(i)));
      }
    }
    List<Column> columns = new ArrayList<>(List.of(Column.text("case"), Column.text("input")));
    for (String name :
        List.of(
            "examples",
            "batches",
            "total p50 ms",
            "p95",
            "forward p50 ms",
            "p95",
            "GFLOP",
            "GFLOP/s")) {
      columns.add(Column.number(name));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Block.Table("Latency by size: " + SizeTables.HOW, columns, rows, true));
  }

  private static Row row(SizeLatency size, String label) {
    return new Row(
        List.of(
            Cell.of(label),
            Cell.of(SizeTables.name(size), (double) size.widthPx() * size.heightPx()),
            Cells.count(size.examples()),
            Cells.count(size.stage(Stage.TOTAL.label()).map(Distribution::count).orElse(0L)),
            Cells.millis(size.stage(Stage.TOTAL.label()), 50),
            Cells.millis(size.stage(Stage.TOTAL.label()), 95),
            Cells.millis(size.stage(Stage.FORWARD.label()), 50),
            Cells.millis(size.stage(Stage.FORWARD.label()), 95),
            size.flops().map(f -> Cell.of(Figures.giga(f), f)).orElse(Cells.ABSENT),
            Cells.number(SizeTables.gigaFlopsPerSecond(size), "%.1f")));
  }

  private static Row row(CaseResult one, String label, List<String> scores) {
    Optional<RepeatInterval> headline = PrecisionText.headline(one);
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(label));
    cells.add(median(one, headline));
    cells.add(
        PrecisionText.ratedHeadline(one)
            .map(h -> Cell.of(Figures.millis(h.low()) + " – " + Figures.millis(h.high()), h.low()))
            .orElse(Cells.ABSENT));
    cells.add(
        Cell.of(
            Figures.fps(one.timed().framesPerSecond()),
            one.timed().framesPerSecond().orElse(Double.NaN)));
    cells.add(
        one.operations()
            .map(Operations::flops)
            .map(flops -> Cell.of(Figures.giga(flops), flops))
            .orElse(Cells.ABSENT));
    cells.add(Cells.number(gigaFlopsPerSecond(one), "%.1f"));
    for (String score : scores) {
      double value = one.score(score).map(Score::value).orElse(Double.NaN);
      cells.add(Cell.of(Figures.score(value), value));
    }
    cells.add(Cells.mebibytes(one.peakRssBytes()));
    cells.add(
        Cell.of(one.proof().map(CaseProof::validity).map(v -> v.verdict().name()).orElse("–")));
    return new Row(cells);
  }

  private static Cell median(CaseResult one, Optional<RepeatInterval> headline) {
    Cell plain = Cells.millis(one.stage(Stage.TOTAL.label()), 50);
    String precision = headline.map(h -> " " + PrecisionText.plusMinus(h)).orElse("");
    return new Cell(plain.text() + precision, plain.key(), "");
  }

  /** Returns the scores that the config named, a few, and of others the first. */
  static List<String> scores(RunView run) {
    List<String> named =
        run.result().config().get("score") instanceof List<?> names
            ? names.stream().map(String::valueOf).toList()
            : List.of();
    return named.stream()
        .filter(name -> run.cases().stream().anyMatch(one -> one.score(name).isPresent()))
        .limit(MAX_SCORES)
        .toList();
  }

  /** Returns operations a second of the forward: operations per ns are giga-operations per s. */
  static OptionalDouble gigaFlopsPerSecond(CaseResult one) {
    OptionalDouble forward = RunView.millis(one, Stage.FORWARD.label());
    return one.operations().isPresent()
            && one.operations().get().flops() > 0
            && forward.isPresent()
            && forward.getAsDouble() > 0
            && !SizeTables.isMixed(one)
        ? OptionalDouble.of(
            one.operations().get().flops()
                * (double) one.key().batch()
                / (1e6 * forward.getAsDouble()))
        : OptionalDouble.empty();
  }
}
