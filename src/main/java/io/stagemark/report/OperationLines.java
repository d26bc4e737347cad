package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.OperatorTimes;
import java.util.ArrayList;
import java.util.List;

/** What the console says of operations, at most 100 columns wide. */
final class OperationLines {
  private OperationLines() {}

  /** Returns the convention, and a line for each case that was profiled; empty without counts. */
  static String of(List<CaseResult> cases, CaseLabels labels) {
    if (cases.stream().allMatch(one -> one.operations().isEmpty())) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    lines.add("GFLOPs: 2 x MAC of the forward, 1 MAC = 1 multiplication + 1 addition");
    if (cases.stream()
        .flatMap(one -> one.operations().stream())
        .anyMatch(operations -> operations.integerOperations() > 0)) {
      lines.add("GIOPs: 2 x MAC of integers (quantised operators), which GFLOPs do not count");
    }
    for (int i = 0; i < cases.size(); i++) {
      String label = labels.labels().get(i);
      ModelCounts counts = cases.get(i).operations().flatMap(Operations::counts).orElse(null);
      if (counts != null) {
        counts.operators().ifPresent(o -> lines.add(profiled(label, o)));
        counts.reconciliation().stream()
            .filter(sentence -> sentence.contains("DIFFER"))
            .forEach(sentence -> lines.add(label + ": " + sentence));
        counts.graphs().stream()
            .limit(1)
            .filter(graph -> !graph.uncounted().isEmpty())
            .forEach(graph -> lines.add(label + ": UNCOUNTED " + graph.uncounted()));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String profiled(String label, OperatorTimes times) {
    OperatorTimes.RooflinePoint model = times.model();
    return String.format(
        ROOT,
        "%s profiled: %.1f %s in %.2f ms, %s%s",
        label,
        model.flopsPerSecond() / 1e9,
        times.hasIntegers() ? "GOP/s, float and integer," : "GFLOP/s",
        1e3 * model.seconds(),
        model.attainableFlopsPerSecond() > 0
            ? String.format(ROOT, "%.0f %% of attainable", 100 * model.fraction())
            : "no peak of " + model.type(),
        times.warnings().isEmpty() ? "" : ", see the warnings in index.html");
  }
}
