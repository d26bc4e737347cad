package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.report.Causes.Cause;
import io.stagemark.report.TrialResult.Measured;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the JVM did beside the batches, and total times with and without those it touched. */
final class CauseTables {
  private static final double[] PERCENTS = {50, 90, 95, 99};

  private CauseTables() {}

  /** Returns a table over all trials; empty if none recorded causes. */
  static String of(List<TrialResult> trials) {
    List<List<String>> rows = new ArrayList<>();
    long error = 0;
    for (TrialResult trial : trials) {
      Optional<Measured> measured = trial.measured();
      Optional<Causes> causes =
          measured.flatMap(Measured::circumstances).flatMap(Circumstances::causes);
      if (measured.isPresent() && causes.isPresent()) {
        rows.addAll(rows(trial.index(), measured.get(), causes.get()));
        error = Math.max(error, causes.get().clockErrorNanos());
      }
    }
    return CircumstanceTables.table(
        String.format(
            ROOT,
            "Causes, joined with the batches by time (clocks tied to within %d ns), and total ms of"
                + " all batches but those touched; nothing is left out of the figures above:",
            error),
        List.of(
            "trial",
            "without",
            "events",
            "sum ms",
            "longest ms",
            "touched",
            "n",
            "p50",
            "p90",
            "p95",
            "p99"),
        rows);
  }

  private static List<List<String>> rows(int trial, Measured measured, Causes causes) {
    List<List<String>> rows = new ArrayList<>();
    List<String> all = new ArrayList<>(List.of(Integer.toString(trial), "nothing: all batches"));
    all.addAll(List.of(Figures.ABSENT, Figures.ABSENT, Figures.ABSENT, Figures.ABSENT));
    all.addAll(times(measured.stage("total")));
    rows.add(all);
    for (Cause cause : causes.causes()) {
      List<String> row = new ArrayList<>(List.of(Integer.toString(trial), cause.name()));
      row.add(Integer.toString(cause.events()));
      row.add(CircumstanceTables.millis(cause.nanos()));
      row.add(CircumstanceTables.millis(cause.longestNanos()));
      row.add(Integer.toString(cause.touched()));
      row.addAll(times(cause.untouched()));
      rows.add(row);
    }
    List<String> none = new ArrayList<>(List.of(Integer.toString(trial), "any of them"));
    none.addAll(
        List.of(
            Figures.ABSENT, Figures.ABSENT, Figures.ABSENT, Integer.toString(causes.touched())));
    none.addAll(times(causes.untouched()));
    rows.add(none);
    return rows;
  }

  private static List<String> times(Optional<Distribution> times) {
    List<String> cells = new ArrayList<>();
    cells.add(times.map(t -> Long.toString(t.count())).orElse("0"));
    for (double percent : PERCENTS) {
      cells.add(Figures.millis(times, percent));
    }
    return cells;
  }
}
