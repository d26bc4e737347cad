package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CandidateFigures;
import io.stagemark.result.CandidateFigures.Spread;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.StageDetail;
import java.util.List;
import java.util.Optional;

/** Boxes before and after suppression, as text; nothing for cases that are no detectors. */
public final class CandidateTables {
  private static final List<String> COLUMNS =
      List.of("above threshold", "into NMS", "kept", "not finite");

  private CandidateTables() {}

  private static Optional<CandidateFigures> of(CaseResult one) {
    return one.detail().flatMap(StageDetail::candidates);
  }

  /** Returns a table with a row a detector. */
  public static String console(RunResult result, CaseLabels labels) {
    if (result.cases().stream().noneMatch(one -> of(one).isPresent())) {
      return "";
    }
    TextTable table = new TextTable();
    table.row(
        List.of(
            "boxes, median (max)", COLUMNS.get(0), COLUMNS.get(1), COLUMNS.get(2), COLUMNS.get(3)));
    for (int i = 0; i < result.cases().size(); i++) {
      String label = labels.labels().get(i);
      of(result.cases().get(i))
          .ifPresent(
              figures ->
                  table.row(
                      List.of(
                          label,
                          cell(figures.aboveThreshold()),
                          cell(figures.intoNms()),
                          cell(figures.kept()),
                          Long.toString(figures.nonFinite()))));
    }
    return "\n" + table.text();
  }

  private static String cell(Spread spread) {
    return String.format(ROOT, "%d (%d)", spread.median(), spread.max());
  }

  /** Returns a table with a row a step. */
  public static String markdown(CaseResult one) {
    return of(one).map(CandidateTables::markdown).orElse("");
  }

  private static String markdown(CandidateFigures figures) {
    return String.format(
            ROOT,
            "%nBoxes an image over %d examples, counted on the timed outputs:%n%n"
                + "| boxes | min | median | max |%n|---|---:|---:|---:|%n",
            figures.examples())
        + row(COLUMNS.get(0), figures.aboveThreshold())
        + row(COLUMNS.get(1), figures.intoNms())
        + row(COLUMNS.get(2), figures.kept())
        + String.format(
            ROOT,
            "%nNot finite (a score or a box that is NaN or infinite), in all: %d.%n",
            figures.nonFinite());
  }

  private static String row(String name, Spread spread) {
    return String.format(
        ROOT, "| %s | %d | %d | %d |%n", name, spread.min(), spread.median(), spread.max());
  }
}
