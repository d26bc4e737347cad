package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.report.chart.BarChart;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.result.CaseResult;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.file.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operators of a model's graph, from the file that lists every one.
 *
 * @param operators the heaviest first
 */
record HeaviestOperators(List<Operator> operators) {
  /** A listing that is larger is not read for ten bars. */
  private static final long MAX_BYTES = 64L << 20;

  /**
   * One operator.
   *
   * @param name in the graph
   * @param kind such as {@code Conv}
   * @param flops in all, of a batch
   * @param macs of a batch
   */
  record Operator(String name, String kind, double flops, double macs) {}

  /** Returns them; empty without a listing that can be read. */
  static Optional<HeaviestOperators> of(Path folder, CaseResult raw) {
    Optional<String> name = raw.operations().flatMap(Operations::counts).map(ModelCounts::perOp);
    if (name.isEmpty() || name.get().isEmpty()) {
      return Optional.empty();
    }
    try {
      Path root = folder.toAbsolutePath().normalize();
      Path file = root.resolve(name.get()).normalize();
      if (!file.startsWith(root)
          || !Files.isRegularFile(file)
          || Files.size(file) > MAX_BYTES
          || !(ResultFiles.read(file, Map.class).get("perOp") instanceof List<?> listed)) {
        return Optional.empty();
      }
      List<Operator> operators = new ArrayList<>();
      for (Object each : listed) {
        if (each instanceof Map<?, ?> one && one.get("flopsTotal") instanceof Number flops) {
          operators.add(
              new Operator(
                  PlainText.seen(String.valueOf(one.get("name"))),
                  PlainText.seen(String.valueOf(one.get("operator"))),
                  flops.doubleValue(),
                  one.get("macs") instanceof Number macs ? macs.doubleValue() : 0));
        }
      }
      operators.sort(Comparator.comparingDouble(o -> -o.flops()));
      return operators.isEmpty() || operators.get(0).flops() == 0
          ? Optional.empty()
          : Optional.of(new HeaviestOperators(operators));
    } catch (IOException | java.nio.file.InvalidPathException e) {
      return Optional.empty(); // the counts themselves are in the result
    }
  }

  Block figure(String id, int most) {
    double all = operators.stream().mapToDouble(Operator::flops).sum();
    List<BarChart.Row> bars = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (Operator one : operators.subList(0, Math.min(most, operators.size()))) {
      String share = String.format(ROOT, "%.1f %%", 100 * one.flops() / all);
      bars.add(
          new BarChart.Row(
              one.name() + " · " + one.kind(),
              List.of(
                  new BarChart.Segment(
                      "s-plain",
                      0,
                      one.flops() / 1e6,
                      "",
                      String.format(ROOT, "%s: %.1f MFLOP", one.name(), one.flops() / 1e6),
                      Map.of("mflop", CasesSection.number(one.flops() / 1e6)))),
              Optional.empty(),
              share));
      rows.add(
          new Row(
              List.of(
                  Cell.of(one.name()),
                  Cell.of(one.kind()),
                  Cells.number(one.flops() / 1e6, "%.2f"),
                  Cells.number(one.macs() / 1e6, "%.2f"),
                  Cell.of(share, one.flops()))));
    }
    return Drawing.figure(
        new ChartTitle(
            id,
            "Heaviest operators",
            bars.size() + " of " + operators.size() + " operators, by operations of a batch."),
        "By operations, not by time; shares are of all operators together.",
        (title, width) -> BarChart.svg(title, width, "MFLOP of a batch", Map.of(), bars),
        Optional.of(
            new Block.Table(
                "The heaviest operators",
                List.of(
                    Column.text("operator"),
                    Column.text("kind"),
                    Column.number("MFLOP"),
                    Column.number("MMAC"),
                    Column.number("share")),
                rows,
                true)));
  }
}
