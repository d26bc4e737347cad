package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.RunResult;
import io.stagemark.result.StageDetail;
import io.stagemark.result.SubStages;
import io.stagemark.result.SubStages.StageParts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where time goes inside the stages, as text; nothing where it was not measured. */
public final class SubStageTables {
  private static final String HOW =
      "a pass of its own after the measured batches, over the same examples, with probes in the"
          + " stages: in no other figure";

  private SubStageTables() {}

  private static List<StageParts> of(CaseResult one) {
    return one.timed()
        .detail()
        .flatMap(StageDetail::subStages)
        .map(SubStages::stages)
        .orElse(List.of());
  }

  private static Optional<StageParts> of(CaseResult one, String stage) {
    return of(one).stream().filter(parts -> parts.stage().equals(stage)).findFirst();
  }

  /** Returns a table a stage, with a row a case. */
  public static String console(RunResult result, CaseLabels labels) {
    Set<String> stages = new LinkedHashSet<>();
    result.cases().forEach(one -> of(one).forEach(parts -> stages.add(parts.stage())));
    StringBuilder text = new StringBuilder();
    for (String stage : stages) {
      text.append('\n').append(console(result.cases(), labels, stage));
    }
    return text.isEmpty()
        ? ""
        : text.append(String.join("\n", WrappedText.lines("(" + HOW + ")", "")))
            .append("\n")
            .toString();
  }

  private static String console(List<CaseResult> cases, CaseLabels labels, String stage) {
    Set<String> names = new LinkedHashSet<>();
    cases.forEach(
        one -> of(one, stage).ifPresent(p -> p.parts().forEach(part -> names.add(part.name()))));
    TextTable table = new TextTable();
    List<String> head = new ArrayList<>(List.of("p50 in ms, share of " + stage));
    head.addAll(names);
    table.row(head);
    for (int i = 0; i < cases.size(); i++) {
      Optional<StageParts> parts = of(cases.get(i), stage);
      if (parts.isPresent()) {
        List<String> cells = new ArrayList<>(List.of(labels.labels().get(i)));
        names.forEach(name -> cells.add(cell(parts.get(), name)));
        table.row(cells);
      }
    }
    return table.text();
  }

  private static String cell(StageParts stage, String name) {
    return stage.parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .map(part -> Figures.millis(Optional.of(part.times()), 50) + " " + percent(part.share()))
        .orElse(Figures.ABSENT);
  }

  private static String percent(double share) {
    return String.format(ROOT, "%.0f %%", 100 * share);
  }
}
