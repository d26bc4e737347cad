package io.stagemark.report.html;

import static java.util.Locale.ROOT;

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

  private CausesEvidence() {}

  /** Returns the causes of each case's pooled trials, then those of each trial. */
  static List<Block> of(RunView run) {
    List<Block> blocks = new ArrayList<>(pooled(run));
    blocks.addAll(trials(run));
    return blocks;
  }

  private static List<Block> pooled(RunView run) {
    long error = 0;
    for (CaseResult one : run.cases()) {
      error = Math.max(error, causes(one).map(Causes::clockErrorNanos).orElse(0L));
    }
    EvidenceTable table =
        columns(
            new EvidenceTable(
                    run,
                    String.format(
                        ROOT,
                        "Causes in all pooled trials of a case, joined with the batches by time"
                            + " (clock error at most %d ns; steal, preemptions and page faults are"
                            + " dated to within 20 ms); then the total of the batches that a cause"
                            + " did not touch. Nothing is left out of any other figure",
                        error))
                .texts("case"));
    for (int i = 0; i < run.cases().size(); i++) {
      Optional<Causes> causes = causes(run.cases().get(i));
      if (causes.isPresent()) {
        List<Cell> first = List.of(Cell.of(run.labels().get(i)));
        rows(table, first, run.cases().get(i).stage(Stage.TOTAL.label()), causes.get(), true);
      }
    }
    return table.blocks();
  }

  private static Optional<Causes> causes(CaseResult one) {
    return one.proof().flatMap(CaseProof::causes);
  }

  private static List<Block> trials(RunView run) {
    List<MeasuredTrial> trials = MeasuredTrial.of(run);
    long error = 0;
    for (MeasuredTrial trial : trials) {
      error = Math.max(error, causes(trial).map(Causes::clockErrorNanos).orElse(0L));
    }
    EvidenceTable table =
        columns(
            new EvidenceTable(
                    run,
                    String.format(
                        ROOT,
                        "Causes in each trial (clock error at most %d ns); kinds without an event"
                            + " are left out",
                        error))
                .texts("case")
                .numbers("trial"));
    for (MeasuredTrial trial : trials) {
      Optional<Causes> causes = causes(trial);
      if (causes.isPresent()) {
        Optional<Distribution> total = trial.measured().stage(Stage.TOTAL.label());
        rows(table, trial.row(), total, causes.get(), false);
      }
    }
    return table.blocks();
  }

  private static Optional<Causes> causes(MeasuredTrial trial) {
    return trial.circumstances().flatMap(Circumstances::causes);
  }

  private static EvidenceTable columns(EvidenceTable table) {
    return table
        .texts("batches without")
        .numbers("events", "sum ms", "longest ms", "touched batches", "n")
        .numbers("p50 ms", "p90 ms", "p95 ms", "p99 ms");
  }

  /**
   * Adds a row for all batches, one a cause, and one for the batches without any.
   *
   * @param idle whether causes without an event have a row
   */
  private static void rows(
      EvidenceTable table,
      List<Cell> first,
      Optional<Distribution> total,
      Causes found,
      boolean idle) {
    List<Cell> all = new ArrayList<>(first);
    all.add(Cell.of("nothing: all"));
    all.addAll(List.of(Cells.ABSENT, Cells.ABSENT, Cells.ABSENT, Cells.ABSENT));
    table.row(with(all, total));
    for (Causes.Cause cause : found.causes()) {
      if (idle || cause.events() > 0) {
        List<Cell> cells = new ArrayList<>(first);
        cells.add(Cell.of(cause.name()));
        cells.add(Cells.count(cause.events()));
        cells.add(millis(cause, cause.nanos()));
        cells.add(millis(cause, cause.longestNanos()));
        cells.add(Cells.count(cause.touched()));
        table.row(with(cells, cause.untouched()));
      }
    }
    List<Cell> none = new ArrayList<>(first);
    none.add(Cell.of("any but page faults"));
    none.addAll(List.of(Cells.ABSENT, Cells.ABSENT, Cells.ABSENT));
    none.add(Cells.count(found.touched()));
    table.row(with(none, found.untouched()));
  }

  /** The time of page faults is not known. */
  private static Cell millis(Causes.Cause cause, long nanos) {
    return cause.events() > 0 && cause.nanos() == 0
        ? Cells.ABSENT
        : Cells.number(nanos / 1e6, "%.2f");
  }

  private static List<Cell> with(List<Cell> cells, Optional<Distribution> times) {
    cells.add(Cells.count(times.map(Distribution::count).orElse(0L)));
    for (double percent : PERCENTS) {
      cells.add(Cells.millis(times, percent));
    }
    return cells;
  }
}
