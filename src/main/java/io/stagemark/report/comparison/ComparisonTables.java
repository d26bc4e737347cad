package io.stagemark.report.comparison;

import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Block.Table;
import io.stagemark.report.page.Section;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.Difference;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.QualityResult;
import io.stagemark.result.comparison.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sections of a comparison's page that are tables: scores, counts, what the sides are. */
final class ComparisonTables {
  private final Comparison comparison;

  ComparisonTables(Comparison comparison) {
    this.comparison = comparison;
  }

  Optional<Section> quality() {
    List<QualityResult> all = comparison.findings().quality();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows =
        all.stream()
            .map(
                q ->
                    new Row(
                        List.of(
                            Cell.of(ofCase(q.metric().caseId()) + q.metric().score()),
                            Cell.of(
                                q.verdict().sign()
                                    + " "
                                    + ComparisonFigures.verdict(
                                        q.verdict(), q.metric().gated(), "worse", "better")),
                            Cell.of(
                                ComparisonFigures.score(q.change().baseline()),
                                q.change().baseline()),
                            Cell.of(
                                ComparisonFigures.score(q.change().candidate()),
                                q.change().candidate()),
                            Cell.of(
                                ComparisonFigures.signedScore(q.change().difference()),
                                q.change().difference()),
                            Cell.of(ComparisonFigures.scores(q.change().interval())),
                            Cell.of(q.metric().lowerIsBetter() ? "lower" : "higher"),
                            Cell.of(String.valueOf(q.change().examples()), q.change().examples()),
                            Cell.of(q.reason()))))
            .toList();
    return Optional.of(
        new Section(
            "quality",
            "Quality",
            "Scores of the outputs that were timed, paired by example.",
            List.of(
                new Table(
                    "every score",
                    List.of(
                        Column.text("score"),
                        Column.text("verdict"),
                        Column.number("baseline"),
                        Column.number("candidate"),
                        Column.number("difference"),
                        Column.text("95 % interval"),
                        Column.text("better"),
                        Column.number("examples"),
                        Column.text("reason")),
                    rows,
                    true))));
  }

  private String ofCase(String caseId) {
    return comparison.severalCases() ? caseId + " " : "";
  }

  Optional<Section> counts() {
    List<ExactResult> all = comparison.findings().exact();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows =
        all.stream()
            .map(
                e ->
                    new Row(
                        List.of(
                            Cell.of(ofCase(e.caseId()) + e.name()),
                            Cell.of(
                                e.verdict().sign()
                                    + " "
                                    + ComparisonFigures.verdict(
                                        e.verdict(), e.gated(), "grew", "fell")),
                            Cell.of(ComparisonFigures.count(e.baseline()), e.baseline()),
                            Cell.of(ComparisonFigures.count(e.candidate()), e.candidate()),
                            Cell.of(e.unit()),
                            Cell.of(e.reason()))))
            .toList();
    return Optional.of(
        new Section(
            "counts",
            "Counts and memory",
            "",
            List.of(
                new Table(
                    "every count",
                    List.of(
                        Column.text("count"),
                        Column.text("verdict"),
                        Column.number("baseline"),
                        Column.number("candidate"),
                        Column.text("unit"),
                        Column.text("reason")),
                    rows,
                    true))));
  }

  Section sides() {
    List<Row> rows = new ArrayList<>();
    Side base = comparison.setup().baseline();
    Side next = comparison.setup().candidate();
    addRow(rows, "name", base.name(), next.name());
    addRow(rows, "folder", base.place(), next.place());
    addRow(rows, "started", base.startedAt(), next.startedAt());
    addRow(rows, "machine", base.machine(), next.machine());
    addRow(rows, "software", base.software(), next.software());
    for (Difference each : comparison.differences()) {
      addRow(rows, each.factor().key(), each.baseline(), each.candidate());
    }
    return new Section(
        "sides",
        "What differs",
        comparison.differences().isEmpty()
            ? "Nothing but the change itself, as far as the runs record it."
            : "",
        List.of(
            new Table(
                "both sides",
                List.of(
                    Column.text(""),
                    Column.text("baseline"),
                    Column.text("candidate"),
                    Column.text("same")),
                rows,
                false)));
  }

  private static void addRow(List<Row> rows, String what, String base, String next) {
    rows.add(Row.of(List.of(what, base, next, base.equals(next) ? "yes" : "no")));
  }
}
