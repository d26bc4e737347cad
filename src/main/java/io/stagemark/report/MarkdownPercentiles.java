package io.stagemark.report;

import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.LoadFigures;
import io.stagemark.result.RunResult;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Quantile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Percentiles with their intervals for {@code report.md}, folded. */
final class MarkdownPercentiles {
  private static final double[] PERCENTS = {50, 90, 95, 99};

  private MarkdownPercentiles() {}

  /**
   * Returns a row a case and stage; of many cases, the total and the latency alone. Empty where no
   * case has times.
   *
   * @param result with texts that are safe as Markdown
   */
  static String of(RunResult result, CaseLabels labels) {
    List<Map<String, Distribution>> times =
        result.cases().stream().map(one -> times(one, true)).toList();
    boolean stages = times.stream().mapToInt(Map::size).sum() <= MarkdownTable.MAX_ROWS;
    MarkdownTable table = new MarkdownTable().words("case", "time").numbers("n");
    table.numbers("p50", "p90", "p95", "p99");
    for (int i = 0; i < times.size(); i++) {
      String label = labels.labels().get(i);
      times(result.cases().get(i), stages)
          .forEach((name, found) -> table.row(row(label, name, found)));
    }
    String text = table.text("rows");
    return text.isEmpty()
        ? ""
        : "<details>\n<summary>Percentiles of a batch in ms, with 95 % intervals</summary>\n\n"
            + text
            + "\nNearest rank over the batches of all trials; intervals are order statistics, at"
            + " least 95 %, of these trials alone. A percentile that needs more batches than n has none;"
            + " `gap` is total minus the stages."
            + (stages ? "" : " Stages are left out: the cases are many.")
            + "\n\n</details>\n";
  }

  private static Map<String, Distribution> times(CaseResult one, boolean stages) {
    Map<String, Distribution> times = new LinkedHashMap<>();
    one.timed()
        .stages()
        .forEach(
            (stage, found) -> {
              if (stages || stage.equals(Stage.TOTAL.label())) {
                times.put(stage, found);
              }
            });
    Optional<LoadFigures> load = one.timed().load();
    if (load.isPresent()) {
      boolean rounds = load.get().applied().scenario().equals("multi-stream");
      LoadFigures.QueueTimes queue = load.get().times();
      queue.latency().ifPresent(t -> times.put(rounds ? "round" : "latency", t));
      if (stages) {
        queue.service().ifPresent(t -> times.put(rounds ? "batch" : "service", t));
        queue.queueWait().ifPresent(t -> times.put("wait", t));
      }
    }
    return times;
  }

  private static List<String> row(String label, String name, Distribution times) {
    List<String> cells = new ArrayList<>(List.of(label, name, Long.toString(times.count())));
    for (double percent : PERCENTS) {
      Quantile quantile = times.quantile(percent);
      cells.add(
          quantile.nanos().isPresent()
              ? Figures.millisOrReason(times, quantile).replace(", ", ",\u00a0")
              : MarkdownTable.unbroken("needs " + quantile.needed()));
    }
    return cells;
  }
}
