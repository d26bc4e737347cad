package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Causes;
import io.stagemark.result.Causes.Cause;
import io.stagemark.result.Circumstances;
import io.stagemark.result.Figures;
import io.stagemark.result.RunResult;
import io.stagemark.result.TrialResult;
import io.stagemark.result.TrialResult.Measured;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the JVM did during the batches, and total times with and without those it touched. */
final class CauseTables {
  private static final double[] PERCENTS = {50, 90, 95, 99};

  private static final String HOW =
      "how many; total in ms of all batches, and without those that a cause but a page fault touched";

  private CauseTables() {}

  /** Returns a table of the case and of each trial; empty if none recorded causes. */
  static String markdown(CaseResult one) {
    List<List<String>> rows = new ArrayList<>();
    Optional<Causes> pooled = pooled(one);
    pooled.ifPresent(
        causes -> rows.addAll(rows("together", one.stage(Stage.TOTAL.label()), causes)));
    long error = pooled.map(Causes::clockErrorNanos).orElse(0L);
    for (TrialResult trial : one.trials()) {
      Optional<Measured> measured = trial.measured();
      Optional<Causes> causes =
          measured.flatMap(Measured::circumstances).flatMap(Circumstances::causes);
      if (measured.isPresent() && causes.isPresent()) {
        rows.addAll(
            rows(
                Integer.toString(trial.index()),
                measured.get().stage(Stage.TOTAL.label()),
                causes.get()));
        error = Math.max(error, causes.get().clockErrorNanos());
      }
    }
    return CircumstanceTables.table(
        String.format(
            ROOT,
            "Causes, joined with the batches by time (clocks tied to within %d ns; steal, preemptions"
                + " and page faults dated to within 20 ms), and total ms of all batches but those"
                + " touched, of the trials that the figures above are of"
                + " together and of each; nothing is left out of the figures above:",
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

  private static Optional<Causes> pooled(CaseResult one) {
    return one.proof().flatMap(CaseProof::causes);
  }

  private static List<List<String>> rows(String trial, Optional<Distribution> total, Causes found) {
    List<List<String>> rows = new ArrayList<>();
    List<String> all = new ArrayList<>(List.of(trial, "nothing: all batches"));
    all.addAll(List.of(Figures.ABSENT, Figures.ABSENT, Figures.ABSENT, Figures.ABSENT));
    all.addAll(times(total));
    rows.add(all);
    for (Cause cause : found.causes()) {
      List<String> row = new ArrayList<>(List.of(trial, cause.name()));
      row.add(Integer.toString(cause.events()));
      row.add(CircumstanceTables.millis(cause.nanos()));
      row.add(CircumstanceTables.millis(cause.longestNanos()));
      row.add(Integer.toString(cause.touched()));
      row.addAll(times(cause.untouched()));
      rows.add(row);
    }
    List<String> none = new ArrayList<>(List.of(trial, "any but page faults"));
    none.addAll(
        List.of(Figures.ABSENT, Figures.ABSENT, Figures.ABSENT, Integer.toString(found.touched())));
    none.addAll(times(found.untouched()));
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

  /**
   * Returns a table with a row a case: events by cause, and two percentiles of the total with and
   * without the batches that they touched, page faults apart. Empty if no batch was.
   */
  static String console(RunResult result, CaseLabels labels) {
    if (causes(result).allMatch(causes -> causes.touched() == 0)) {
      return "";
    }
    double tail = tail(result);
    List<String> names = seen(result);
    List<String> head = new ArrayList<>(List.of("causes"));
    head.addAll(names);
    head.addAll(List.of("touched", "p50, without", String.format(ROOT, "p%.0f, without", tail)));
    List<List<String>> rows = new ArrayList<>(List.of(head));
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      List<String> cells = new ArrayList<>(List.of(labels.labels().get(i)));
      pooled(one).ifPresent(causes -> cells.addAll(cells(one, causes, names, tail)));
      if (cells.size() > 1) {
        rows.add(cells);
      }
    }
    String whole = columns(rows, 1, head.size());
    boolean fits = whole.lines().allMatch(line -> line.length() <= TextTable.WIDTH);
    int counts = 1 + names.size();
    List<String> tables =
        fits
            ? List.of(whole)
            : List.of(columns(rows, 1, counts), columns(rows, counts, head.size()));
    return String.join("", "\n", String.join("\n", tables), "(", HOW, ")\n");
  }

  /** Returns the first column and a range of the others as a table. */
  private static String columns(List<List<String>> rows, int from, int to) {
    TextTable table = new TextTable();
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row.subList(0, 1));
      cells.addAll(row.subList(from, to));
      table.row(cells);
    }
    return table.text();
  }

  /** What happened at all, in any case. */
  private static List<String> seen(RunResult result) {
    Set<String> happened =
        causes(result)
            .flatMap(causes -> causes.causes().stream())
            .filter(cause -> cause.events() > 0)
            .map(Cause::name)
            .collect(Collectors.toSet());
    return causes(result)
        .flatMap(causes -> causes.causes().stream())
        .map(Cause::name)
        .distinct()
        .filter(happened::contains)
        .toList();
  }

  private static List<String> cells(
      CaseResult one, Causes causes, List<String> names, double tail) {
    Optional<Distribution> total = one.stage(Stage.TOTAL.label());
    List<String> cells = new ArrayList<>();
    for (String name : names) {
      cells.add(
          causes.causes().stream()
              .filter(cause -> cause.name().equals(name))
              .map(cause -> Integer.toString(cause.events()))
              .findFirst()
              .orElse(Figures.ABSENT));
    }
    cells.add(causes.touched() + " of " + total.map(Distribution::count).orElse(0L));
    for (double percent : new double[] {50, tail}) {
      cells.add(
          Figures.millis(total, percent) + ", " + Figures.millis(causes.untouched(), percent));
    }
    return cells;
  }

  /** The highest percentile that every case has enough samples for. */
  private static double tail(RunResult result) {
    for (double percent : new double[] {99, 95}) {
      boolean known =
          result.cases().stream()
              .flatMap(one -> one.stage(Stage.TOTAL.label()).stream())
              .allMatch(total -> total.quantile(percent).nanos().isPresent());
      if (known) {
        return percent;
      }
    }
    return 90;
  }

  private static Stream<Causes> causes(RunResult result) {
    return result.cases().stream().flatMap(one -> pooled(one).stream());
  }
}
