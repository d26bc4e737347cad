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
    return one.timed().detail().flatMap(StageDetail::candidates);
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
}
