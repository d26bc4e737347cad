package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Causes;
import io.stagemark.result.Causes.Cause;
import io.stagemark.result.Figures;
import io.stagemark.result.RunResult;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the JVM did during the batches, and total times with and without those it touched. */
final class CauseTables {
  private static final String HOW =
      "how many; total in ms of all batches, and without those that a cause but a page fault touched";

  private CauseTables() {}

  private static Optional<Causes> pooled(CaseResult one) {
    return one.proof().flatMap(CaseProof::causes);
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
