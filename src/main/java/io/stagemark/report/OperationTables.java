package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.result.CaseResult;
import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.StageOperations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was counted and how fast it ran, in Markdown. */
final class OperationTables {
  private OperationTables() {}

  /** Returns the section of a run; empty if no case has counts. */
  static String of(List<CaseResult> cases) {
    Map<List<GraphCount>, List<CaseResult>> byGraphs = new LinkedHashMap<>();
    StringBuilder times = new StringBuilder();
    String convention = "";
    for (CaseResult one : cases) {
      ModelCounts counts = one.operations().flatMap(Operations::counts).orElse(null);
      if (counts != null) {
        convention = counts.convention();
        byGraphs.computeIfAbsent(counts.graphs(), key -> new ArrayList<>()).add(one);
        counts.operators().ifPresent(o -> times.append(RooflineTables.of(one.key().label(), o)));
      }
    }
    if (byGraphs.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n## Operations\n\n");
    text.append("Convention: ").append(convention).append(".\n");
    byGraphs.values().forEach(same -> text.append(model(same)));
    return text.append(times).toString();
  }

  private static String model(List<CaseResult> same) {
    CaseResult first = same.get(0);
    ModelCounts counts = first.operations().flatMap(Operations::counts).orElseThrow();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            ROOT,
            "\n### %s, batch %d\n\nCases: %s. Every operator: [%5$s](%6$s).\n\n%4$s",
            first.key().model(),
            first.key().batch(),
            same.stream().map(one -> one.key().label()).collect(Collectors.joining("; ")),
            figures(counts.graphs()),
            counts.perOp(),
            PlainText.markdownTarget(counts.perOp())));
    counts.reconciliation().forEach(sentence -> text.append("\n- ").append(sentence).append('\n'));
    for (GraphCount graph : counts.graphs()) {
      if (!graph.uncounted().isEmpty()) {
        text.append(
            String.format(
                ROOT,
                "\n- `%s` (%s): UNCOUNTED, so that every total is a lower bound: %s\n",
                graph.origin().file(),
                graph.origin().source(),
                graph.uncounted()));
      }
      graph.warnings().forEach(w -> text.append("\n- ").append(w).append('\n'));
    }
    counts.warnings().forEach(warning -> text.append("\n- ").append(warning).append('\n'));
    return text.append(stages(counts.stages())).toString();
  }

  private static String figures(List<GraphCount> graphs) {
    StringBuilder head = new StringBuilder("| |");
    StringBuilder rule = new StringBuilder("|---|");
    for (GraphCount graph : graphs) {
      head.append(
          String.format(
              ROOT,
              " `%s`, %s, per image | per batch |",
              graph.origin().file(),
              graph.origin().source()));
      rule.append("---:|---:|");
    }
    StringBuilder text = head.append('\n').append(rule).append('\n');
    for (String name : graphs.get(0).perBatch().byName().keySet()) {
      text.append("| ").append(name).append(" |");
      for (GraphCount graph : graphs) {
        text.append(cells(graph.perImage().byName(), graph.perBatch().byName(), name));
      }
      text.append('\n');
    }
    for (String name : List.of("parameters", "parameterBytes", "statistics")) {
      text.append("| ").append(name).append(" |");
      graphs.forEach(graph -> text.append(String.format(ROOT, " | %,d |", weights(graph, name))));
      text.append('\n');
    }
    return text.append(ratios(graphs)).toString();
  }

  private static String cells(
      Map<String, BigDecimal> image, Map<String, BigDecimal> batch, String name) {
    return String.format(
        ROOT,
        " %s | %s |",
        grouped(image.getOrDefault(name, BigDecimal.ZERO)),
        grouped(batch.getOrDefault(name, BigDecimal.ZERO)));
  }

  private static String ratios(List<GraphCount> graphs) {
    StringBuilder text = new StringBuilder("| arithmeticIntensity, FLOPs a byte |");
    graphs.forEach(g -> text.append(String.format(ROOT, " | %.3f |", g.arithmeticIntensity())));
    text.append("\n| sparsity of the weights |");
    graphs.forEach(
        g -> text.append(String.format(ROOT, " | %.2f %% |", 100 * g.weights().sparsity())));
    text.append("\n| shapes from |");
    graphs.forEach(g -> text.append(String.format(ROOT, " | %s |", g.origin().shapesFrom())));
    return text.append('\n').toString();
  }

  private static long weights(GraphCount graph, String name) {
    return switch (name) {
      case "parameters" -> graph.weights().parameters();
      case "parameterBytes" -> graph.weights().parameterBytes();
      default -> graph.weights().statistics();
    };
  }

  private static String grouped(BigDecimal value) {
    return value.scale() == 0
        ? String.format(ROOT, "%,d", value.toBigIntegerExact())
        : String.format(ROOT, "%,.1f", value);
  }

  private static String stages(List<StageOperations> stages) {
    if (stages.isEmpty()) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(
            "\nBy stage, of a batch:\n\n| stage | flopsTotal | MACs | elementwise | special |"
                + " comparisons | by |\n|---|---:|---:|---:|---:|---:|---|\n");
    for (StageOperations stage : stages) {
      text.append(
          String.format(
              ROOT,
              "| %s | %,d | %,d | %,d | %,d | %,d | %s |\n",
              stage.stage(),
              stage.flopsTotal(),
              stage.macs(),
              stage.elementwise(),
              stage.special(),
              stage.comparisons(),
              stage.note()));
    }
    return text.toString();
  }
}
