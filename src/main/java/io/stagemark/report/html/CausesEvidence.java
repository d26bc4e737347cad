package io.stagemark.report.html;

import io.stagemark.data.Stage;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Causes;
import io.stagemark.result.Circumstances;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the JVM and the system did during the batches, and total times without those touched. */
final class CausesEvidence {
  private static final double[] PERCENTS = {50, 90, 95, 99};

  private static final String HOW =
      ", joined with the batches by time; then the total of the batches that it did not touch."
          + " Nothing is left out of any other figure";

  private CausesEvidence() {}

  /** Returns the causes of each case's pooled trials, then those of each trial. */
  static List<Block> of(RunView run) {
    EvidenceTable pooled = columns(new EvidenceTable(run, "Causes in all trials" + HOW), false);
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      Optional<Causes> causes = one.proof().flatMap(CaseProof::causes);
      if (causes.isPresent()) {
        List<Cell> first = List.of(Cell.of(run.labels().get(i)));
        rows(pooled, first, one.stage(Stage.TOTAL.label()), causes.get());
      }
    }
    EvidenceTable trials = columns(new EvidenceTable(run, "Causes in each trial" + HOW), true);
    for (MeasuredTrial trial : MeasuredTrial.of(run)) {
      Optional<Causes> causes = trial.circumstances().flatMap(Circumstances::causes);
      if (causes.isPresent()) {
        rows(trials, trial.row(), trial.measured().stage(Stage.TOTAL.label()), causes.get());
      }
    }
    List<Block> blocks = new ArrayList<>(pooled.blocks());
    blocks.addAll(trials.blocks());
    return blocks;
  }

  private static EvidenceTable columns(EvidenceTable table, boolean trial) {
    table.texts("case");
    if (trial) {
      table.numbers("trial");
    }
    return table
        .texts("batches without")
        .numbers("events", "sum ms", "longest ms", "touched batches", "n")
        .numbers("p50 ms", "p90 ms", "p95 ms", "p99 ms", "clock error ns");
  }

  private static void rows(
      EvidenceTable table, List<Cell> first, Optional<Distribution> total, Causes found) {
    Cell error = Cells.count(found.clockErrorNanos());
    List<Cell> all = new ArrayList<>(first);
    all.addAll(
        List.of(Cell.of("nothing: all"), Cells.ABSENT, Cells.ABSENT, Cells.ABSENT, Cells.ABSENT));
    table.row(with(all, total, error));
    for (Causes.Cause cause : found.causes()) {
      List<Cell> cells = new ArrayList<>(first);
      cells.add(Cell.of(cause.name()));
      cells.add(Cells.count(cause.events()));
      cells.add(Cells.number(cause.nanos() / 1e6, "%.2f"));
      cells.add(Cells.number(cause.longestNanos() / 1e6, "%.2f"));
      cells.add(Cells.count(cause.touched()));
      table.row(with(cells, cause.untouched(), error));
    }
    List<Cell> none = new ArrayList<>(first);
    none.addAll(List.of(Cell.of("any but page faults"), Cells.ABSENT, Cells.ABSENT, Cells.ABSENT));
    none.add(Cells.count(found.touched()));
    table.row(with(none, found.untouched(), error));
  }

  private static List<Cell> with(List<Cell> cells, Optional<Distribution> times, Cell error) {
    cells.add(Cells.count(times.map(Distribution::count).orElse(0L)));
    for (double percent : PERCENTS) {
      cells.add(Cells.millis(times, percent));
    }
    cells.add(error);
    return cells;
  }
}
