package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.chart.Envelope;
import io.stagemark.report.chart.Envelope.Column;
import io.stagemark.report.chart.SeriesChart;
import io.stagemark.report.chart.SeriesChart.Lane;
import io.stagemark.report.chart.SeriesChart.Range;
import io.stagemark.report.chart.SeriesChart.Stretch;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.TrialResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** The batches of one case, trial after trial, with what the JVM and the system did meanwhile. */
final class SeriesFigure {
  /** What a column of the samples records, by its bit. */
  private enum Event {
    GC(1, "GC pause", "e-gc", true),
    SAFEPOINT(2, "safepoint", "e-safepoint", false),
    COMPILATION(4, "compilation", "e-compile", true),
    STEAL(8, "CPU steal", "e-steal", true),
    PREEMPTION(16, "preemption", "e-preempt", false),
    PAGE_FAULT(32, "page fault", "e-fault", false),
    SHARED_CORE(64, "shared core", "e-shared", true);

    final long bit;
    final String title;
    final String style;
    final boolean shades;

    Event(long bit, String title, String style, boolean shades) {
      this.bit = bit;
      this.title = title;
      this.style = style;
      this.shades = shades;
    }
  }

  /** A cause that touched more says nothing about which batches are slow. */
  private static final double MAX_SHADED = 0.5;

  /** What touched more is said in a sentence. */
  private static final double NEARLY_ALL = 0.95;

  private SeriesFigure() {}

  /**
   * Returns the figure of a case.
   *
   * @param small drawn once, narrow, as one of many
   */
  static Block.Figure of(RunView run, StoredSeries series, int index, boolean small) {
    CaseResult one = run.cases().get(index);
    StoredSeries.OfCase samples = series.byCase().get(index);
    String label = run.labels().get(index);
    List<Stretch> fine = new ArrayList<>();
    List<Stretch> coarse = new ArrayList<>();
    for (StoredSeries.OfTrial trial : samples.trials()) {
      if (!small) {
        trial.warmup().map(it -> new Stretch("", it, List.of(), true)).ifPresent(fine::add);
      }
      fine.add(new Stretch("trial " + trial.index(), trial.values(), trial.changes()));
      coarse.add(new Stretch("trial " + trial.index(), trial.coarse(), trial.changes()));
    }
    List<Lane> lanes = lanes(samples, false);
    List<Lane> withWarmup = small ? lanes : lanes(samples, true);
    String axis = "ms of a batch, total";
    String title = small ? "" : "Batch by batch: ";
    List<String> notes = new ArrayList<>();
    notes.add(downsampled(samples));
    warmup(one, samples).ifPresent(notes::add);
    changes(samples).ifPresent(notes::add);
    everywhere(samples).ifPresent(notes::add);
    String id = "series-" + (index + 1);
    ChartTitle heading = new ChartTitle(id, title + label, description(one, samples));
    Drawing.Chart chart =
        (of, width) ->
            SeriesChart.svg(
                of,
                width,
                width < Drawing.WIDE
                    ? new SeriesChart.Content(axis, 1e6, coarse, lanes)
                    : new SeriesChart.Content(axis, 1e6, fine, withWarmup));
    if (small) {
      return Drawing.small(heading, chart, List.of(downsampled(samples)), table(samples, label));
    }
    return Drawing.figure(
        heading,
        "",
        chart,
        Optional.of(table(samples, label)),
        Optional.of(new Block.Zoom(id + "-data", json(samples))),
        List.of(String.join(" ", notes)));
  }

  private static String description(CaseResult one, StoredSeries.OfCase samples) {
    return String.format(
        ROOT,
        "Total time of %d batches in %d trials, from %s to %s ms.",
        samples.trials().stream().mapToInt(t -> t.values().samples()).sum(),
        samples.trials().size(),
        one.stage("total").map(t -> Figures.millis((double) t.minNanos())).orElse("?"),
        one.stage("total").map(t -> Figures.millis((double) t.maxNanos())).orElse("?"));
  }

  private static String downsampled(StoredSeries.OfCase samples) {
    int count = samples.trials().stream().mapToInt(t -> t.values().samples()).sum();
    int columns = samples.trials().stream().mapToInt(t -> t.values().columns().size()).sum();
    return count == columns
        ? String.format(ROOT, "Every one of the %,d batches is drawn.", count)
        : String.format(
            ROOT,
            "%,d batches in %,d columns: each has the smallest, the median and the largest of %,d or"
                + " so neighbours, so that no spike is lost. The samples file has them all.",
            count,
            columns,
            Math.round((double) count / columns));
  }

  private static Optional<String> warmup(CaseResult one, StoredSeries.OfCase samples) {
    boolean drawn = samples.trials().stream().anyMatch(trial -> trial.warmup().isPresent());
    StringJoiner text = new StringJoiner(", ");
    for (TrialResult trial : one.trials()) {
      trial
          .measured()
          .ifPresent(
              m ->
                  text.add(
                      String.format(
                          ROOT,
                          "%d batches (%.1f s)",
                          m.preparation().warmupBatches(),
                          m.preparation().warmupNanos() / 1e9)));
    }
    return text.length() == 0
        ? Optional.empty()
        : Optional.of(
            (drawn
                    ? "Grey: the warm-up before each trial, in means of several batches; it is"
                        + " discarded. It took "
                    : "Warm-up is discarded; before the trials it took ")
                + text
                + ".");
  }

  private static Optional<String> changes(StoredSeries.OfCase samples) {
    StringJoiner text = new StringJoiner("; ");
    for (StoredSeries.OfTrial trial : samples.trials()) {
      if (!trial.changes().isEmpty()) {
        StringJoiner at = new StringJoiner(", ");
        trial.changes().forEach(change -> at.add(Integer.toString(change + 1)));
        text.add("trial " + trial.index() + " at batch " + at);
      }
    }
    return text.length() == 0
        ? Optional.empty()
        : Optional.of("Dashed: the level changes, " + text + ".");
  }

  private static Optional<String> everywhere(StoredSeries.OfCase samples) {
    int count = samples.trials().stream().mapToInt(t -> t.values().samples()).sum();
    StringJoiner text = new StringJoiner(", ");
    for (Event event : Event.values()) {
      int touched =
          samples.trials().stream().mapToInt(t -> t.touched().getOrDefault(event.bit, 0)).sum();
      if (touched > 0 && touched >= NEARLY_ALL * count) {
        text.add(event.title);
      }
    }
    return text.length() == 0
        ? Optional.empty()
        : Optional.of("Not drawn, for nearly every batch has it: " + text + ".");
  }

  /**
   * @param withWarmup whether the warm-up of each trial is drawn before it
   */
  private static List<Lane> lanes(StoredSeries.OfCase samples, boolean withWarmup) {
    int count = samples.trials().stream().mapToInt(t -> t.values().samples()).sum();
    List<Lane> lanes = new ArrayList<>();
    for (Event event : Event.values()) {
      List<Range> ranges = new ArrayList<>();
      int touched = 0;
      int from = 0;
      for (StoredSeries.OfTrial trial : samples.trials()) {
        from += withWarmup ? trial.warmup().map(Envelope::samples).orElse(0) : 0;
        for (Range range : trial.events().getOrDefault(event.bit, List.of())) {
          ranges.add(new Range(from + range.from(), from + range.to()));
        }
        touched += trial.touched().getOrDefault(event.bit, 0);
        from += trial.values().samples();
      }
      if (touched > 0 && touched < NEARLY_ALL * count) {
        lanes.add(
            new Lane(
                String.format(ROOT, "%s: %,d of %,d batches", event.title, touched, count),
                event.style,
                event.shades && touched < MAX_SHADED * count,
                ranges));
      }
    }
    return lanes;
  }

  /**
   * Returns what the zooming script draws: of each trial its batches, and the smallest and the
   * largest of each column in turn; a batch alone is one number.
   */
  private static String json(StoredSeries.OfCase samples) {
    StringJoiner trials = new StringJoiner(",");
    for (StoredSeries.OfTrial trial : samples.trials()) {
      StringJoiner y = new StringJoiner(",");
      for (Column column : trial.values().columns()) {
        y.add(millis(column.min()));
        if (!trial.values().whole()) {
          y.add(millis(column.max()));
        }
      }
      trials.add(
          "{\"n\":"
              + trial.values().samples()
              + ",\"whole\":"
              + trial.values().whole()
              + ",\"ms\":["
              + y
              + "]}");
    }
    return "[" + trials + "]";
  }

  private static String millis(long nanos) {
    double unit = nanos < 10_000_000 ? 1e3 : nanos < 1_000_000_000 ? 1e4 : 1e6;
    return BigDecimal.valueOf(Math.round(nanos / unit) * unit / 1e6)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A row a trial and cause: the batches themselves are in the samples file. */
  private static Block.Table table(StoredSeries.OfCase samples, String label) {
    List<Row> rows = new ArrayList<>();
    for (StoredSeries.OfTrial trial : samples.trials()) {
      Envelope values = trial.values();
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of("trial " + trial.index()));
      cells.add(Cells.count(values.samples()));
      cells.add(
          Cells.millis((double) values.columns().stream().mapToLong(Column::min).min().orElse(0)));
      cells.add(
          Cells.millis((double) values.columns().stream().mapToLong(Column::max).max().orElse(0)));
      for (Event event : Event.values()) {
        cells.add(Cells.count(trial.touched().getOrDefault(event.bit, 0)));
      }
      cells.add(Cells.count(trial.changes().size()));
      rows.add(new Row(cells));
    }
    List<Block.Column> columns = new ArrayList<>(List.of(Block.Column.text("trial")));
    for (String name : List.of("batches", "min ms", "max ms")) {
      columns.add(Block.Column.number(name));
    }
    for (Event event : Event.values()) {
      columns.add(Block.Column.number(event.title));
    }
    columns.add(Block.Column.number("level changes"));
    return new Block.Table(
        "Batches of " + label + ", and how many of them each cause touched", columns, rows, false);
  }
}
