package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Score;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.Operations;
import io.stagemark.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is not a time, a row a case: operations of an image, scores, difference of the outputs. */
final class ValuesTable {
  private final RunResult result;
  private final CaseLabels labels;
  private final boolean integers;

  ValuesTable(RunResult result, CaseLabels labels) {
    this.result = result;
    this.labels = labels;
    integers =
        result.cases().stream()
            .flatMap(one -> one.operations().stream())
            .anyMatch(operations -> operations.integerOperations() > 0);
  }

  /** Returns every column. */
  String whole() {
    return text(scores(), true);
  }

  /**
   * Returns as many scores as fit, and a line that counts the others; without the differences.
   *
   * @param width columns of a line, at most
   */
  String fitting(int width) {
    List<String> names = scores();
    int shown = names.size();
    String text = text(names, false);
    while (shown > 0 && text.lines().anyMatch(line -> line.length() > width)) {
      shown--;
      text = text(names.subList(0, shown), false);
    }
    int left = names.size() - shown;
    return left == 0
        ? text
        : text
            + String.format(
                ROOT,
                left == 1
                    ? "%d more score is in the report\n"
                    : "%d more scores are in the report\n",
                left);
  }

  /** The scores that the config named, in its order; their finer figures are in the report. */
  private List<String> scores() {
    return result.config().get("score") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  private String text(List<String> scores, boolean differences) {
    TextTable table = new TextTable(Integer.MAX_VALUE);
    List<String> head = new ArrayList<>(List.of("per image", "GFLOPs", "GFLOP/s"));
    head.addAll(integers ? List.of("GIOPs", "GIOP/s") : List.of());
    head.addAll(scores);
    head.addAll(differences ? List.of("max |Δ|") : List.of());
    table.row(head);
    for (int i = 0; i < result.cases().size(); i++) {
      CaseResult one = result.cases().get(i);
      List<String> cells = new ArrayList<>(List.of(labels.labels().get(i)));
      cells.addAll(
          operations(one, one.operations().filter(o -> !o.isOfIntegers()).map(Operations::flops)));
      if (integers) {
        cells.addAll(
            operations(
                one, one.operations().map(Operations::integerOperations).filter(o -> o > 0)));
      }
      for (String score : scores) {
        cells.add(one.score(score).map(Score::value).map(Figures::score).orElse(Figures.ABSENT));
      }
      cells.addAll(differences ? List.of(difference(one)) : List.of());
      table.row(cells);
    }
    return table.text();
  }

  private String difference(CaseResult one) {
    return result.parity().stream()
        .filter(p -> p.candidate().equals(one.id()))
        .map(p -> Figures.difference(p.maxAbsoluteDifference()))
        .findFirst()
        .orElse(Figures.ABSENT);
  }

  /** Returns operations of an image, and how many a second of the forward; dashes for none. */
  private static List<String> operations(CaseResult one, Optional<Long> count) {
    OptionalLong median =
        one.stage(Stage.FORWARD.label())
            .map(times -> times.quantile(50).nanos())
            .orElse(OptionalLong.empty());
    // operations per ns are giga-operations per s
    return List.of(
        count.map(Figures::giga).orElse(Figures.ABSENT),
        count.isEmpty() || median.isEmpty() || SizeTables.isMixed(one)
            ? Figures.ABSENT
            : String.format(
                ROOT,
                "%.1f",
                (double) count.get() * one.key().batch() / (double) median.getAsLong()));
  }
}
