package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.LoadText;
import io.stagemark.report.PrecisionText;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Closure;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.Precision;
import io.stagemark.result.Validity;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import io.stagemark.stats.RepeatInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every percentile of every time with its interval, and what widens the intervals. */
final class TimesEvidence {
  private static final String[] QUANTILES = {"p50 ms", "p90 ms", "p95 ms", "p99 ms", "p99.9 ms"};

  private TimesEvidence() {}

  /** Returns what makes the figures less precise: all of it. */
  static List<Block> precision(RunView run) {
    EvidenceTable causes =
        new EvidenceTable(run, "What widens the intervals, the largest first")
            .texts("case", "found", "what would help", "code");
    EvidenceTable stages =
        new EvidenceTable(run, "p50 of each stage, with the differences between the trials")
            .texts("case", "stage")
            .numbers("p50 ms", "low", "high", "±", "trials")
            .texts("rating");
    for (int i = 0; i < run.cases().size(); i++) {
      Cell label = Cell.of(run.labels().get(i));
      Optional<Precision> found = run.cases().get(i).proof().flatMap(CaseProof::precision);
      if (found.isPresent()) {
        for (Validity.Reason cause : found.get().causes()) {
          causes.row(
              label,
              Cell.of(cause.found()),
              Cell.of(cause.recommendation()),
              Cell.of(cause.code().name()));
        }
        for (Map.Entry<String, RepeatInterval> each : found.get().stageNanos().entrySet()) {
          RepeatInterval interval = each.getValue();
          stages.row(
              label,
              Cell.of(each.getKey()),
              Cells.millis(interval.value()),
              Cells.millis(interval.low()),
              Cells.millis(interval.high()),
              Cell.of(PrecisionText.plusMinus(interval), interval.halfWidth()),
              Cells.count(interval.trials()),
              Cell.of(PrecisionText.rating(interval)));
        }
      }
    }
    List<Block> blocks = new ArrayList<>(causes.blocks());
    blocks.addAll(stages.blocks());
    return blocks;
  }

  /** Returns the times of every stage, and whether they explain the total. */
  static List<Block> stages(RunView run) {
    EvidenceTable times =
        times(
            run,
            "Times of a batch, each percentile with the 95 % interval of its order statistics;"
                + " \"needs n\": with n batches there is one",
            "stage");
    EvidenceTable closures =
        new EvidenceTable(run, "Do the stages explain the total?").texts("case", "finding");
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      String label = run.labels().get(i);
      one.timed().stages().forEach((stage, found) -> times.row(row(label, stage, found)));
      Closure.of(one).ifPresent(c -> closures.row(Cell.of(label), Cell.of(c.text())));
    }
    List<Block> blocks = new ArrayList<>(times.blocks());
    blocks.addAll(closures.blocks());
    return blocks;
  }

  private static EvidenceTable times(RunView run, String caption, String what) {
    return new EvidenceTable(run, caption)
        .texts("case", what)
        .numbers("n", "mean ms")
        .numbers(QUANTILES)
        .numbers("deviation ms", "min ms", "max ms");
  }

  private static List<Cell> row(String label, String what, Distribution times) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(label));
    cells.add(Cell.of(what));
    cells.add(Cells.count(times.count()));
    cells.add(Cells.millis(times.meanNanos()));
    times.quantiles().forEach(quantile -> cells.add(interval(times, quantile)));
    cells.add(Cells.millis(times.standardDeviationNanos()));
    cells.add(Cells.millis((double) times.minNanos()));
    cells.add(Cells.millis((double) times.maxNanos()));
    return cells;
  }

  /** Returns a percentile with its interval, or how many samples it needs. */
  static Cell interval(Distribution times, Quantile quantile) {
    return quantile.nanos().isPresent()
        ? Cell.of(Figures.millisOrReason(times, quantile), (double) quantile.nanos().getAsLong())
        : Cells.millis(times, quantile);
  }

  /** Returns the times that only load has, what was offered and what a search tried. */
  static List<Block> load(RunView run) {
    EvidenceTable applied =
        new EvidenceTable(run, "Load as it was applied")
            .texts("case", "load")
            .numbers("streams", "batches/s offered", "batches/s done", "never begun", "idle ms")
            .texts("bound");
    EvidenceTable times =
        times(run, "Times under load, each percentile with its 95 % interval", "time");
    EvidenceTable steps =
        new EvidenceTable(run, "What the search tried, in its order")
            .texts("case")
            .numbers("streams", "batches/s", "latency ms")
            .texts("kept");
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      if (LoadText.isLoaded(one)) {
        String label = run.labels().get(i);
        LoadFigures load = one.timed().load().orElseThrow();
        applied(applied, label, load);
        times(times, label, load);
        for (LoadFigures.Step step : load.steps()) {
          steps.row(
              Cell.of(label),
              Cells.count(step.streams()),
              Cells.number(step.perSecond(), "%.2f"),
              step.latencyNanos().map(n -> Cells.millis((double) n)).orElse(Cells.ABSENT),
              Cell.of(step.kept() ? "yes" : "no"));
        }
      }
    }
    List<Block> blocks = new ArrayList<>(applied.blocks());
    blocks.addAll(times.blocks());
    blocks.addAll(steps.blocks());
    return blocks;
  }

  private static void applied(EvidenceTable table, String label, LoadFigures load) {
    LoadFigures.Applied applied = load.applied();
    table.row(
        Cell.of(label),
        Cell.of(applied.scenario()),
        Cells.count(applied.streams()),
        Cells.number(applied.offeredPerSecond().orElse(Double.NaN), "%.2f"),
        Cells.number(applied.completedPerSecond(), "%.2f"),
        Cells.count(applied.unserved()),
        Cells.number(applied.gapMillis().orElse(Double.NaN), "%.2f"),
        load.bound().map(TimesEvidence::bound).orElse(Cells.ABSENT));
  }

  private static Cell bound(LoadFigures.Bound bound) {
    return Cell.of(
        String.format(ROOT, "p%s of at most %s ms", plain(bound.percent()), plain(bound.millis()))
            + bound
                .highestPerSecond()
                .map(rate -> ", kept up to " + plain(rate) + " batches/s")
                .orElse(", kept by no rate"));
  }

  private static String plain(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return String.format(ROOT, whole ? "%.0f" : "%.4g", value);
  }

  private static void times(EvidenceTable table, String label, LoadFigures load) {
    boolean rounds = load.applied().scenario().equals("multi-stream");
    load.times()
        .latency()
        .ifPresent(
            t ->
                table.row(
                    row(label, rounds ? "round, until its last result" : "latency, corrected", t)));
    load.times()
        .service()
        .ifPresent(t -> table.row(row(label, rounds ? "batch" : "service: latency, naive", t)));
    load.times()
        .queueWait()
        .ifPresent(t -> table.row(row(label, rounds ? "wait" : "queue wait", t)));
  }
}
