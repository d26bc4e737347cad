package io.stagemark.flops.text;

import io.stagemark.data.PlainText;
import io.stagemark.flops.NodeCount;
import io.stagemark.flops.OperationCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A count as a table of at most 100 columns. */
public final class CountTable {
  private static final int NAME_WIDTH = 30;
  private static final int OPERATOR_WIDTH = 16;

  private CountTable() {}

  /**
   * Returns the table.
   *
   * @param model what was counted
   * @param counts one column each: the original graph, and maybe the executed one
   * @param perOp whether to list every operator of the first count
   */
  public static String render(String model, List<OperationCount> counts, boolean perOp) {
    List<String> lines = new ArrayList<>();
    OperationCount first = counts.get(0);
    lines.add("%s · batch %d · shapes from %s".formatted(model, first.batch(), first.shapesFrom()));
    if (perOp) {
      lines.add("");
      lines.addAll(operators(first));
    }
    lines.add("");
    lines.addAll(totals(counts));
    lines.add("");
    counts.forEach(count -> remarks(count).forEach(lines::add));
    lines.addAll(wrapped("convention: " + OperationCount.CONVENTION));
    return lines.stream().map(PlainText::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> operators(OperationCount count) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-30s %-16s %14s %12s %11s %11s"
            .formatted("operator (whole batch)", "", "MACs", "elementwise", "special", "compare"));
    for (NodeCount node : count.perOp()) {
      String times = node.executions() == 1 ? "" : " x" + node.executions();
      long macs = node.operations().macs() + node.operations().intMacs();
      lines.add(
          String.format(
              Locale.ROOT,
              "%-30s %-16s %14d %12d %11d %11d",
              shortened(node.name() + times, NAME_WIDTH),
              shortened(node.operator(), OPERATOR_WIDTH),
              macs,
              node.operations().elementwise(),
              node.operations().special(),
              node.operations().comparisons()));
      if (!node.note().isEmpty()) {
        lines.add("    " + node.note());
      }
    }
    return lines;
  }

  private static List<String> totals(List<OperationCount> counts) {
    List<String> lines = new ArrayList<>();
    StringBuilder head = new StringBuilder("%-22s".formatted(""));
    for (OperationCount count : counts) {
      head.append(" %18s %18s".formatted(count.source(), "per image"));
    }
    lines.add(head.toString());
    List<Map<String, Object>> trees =
        counts.stream().map(count -> CountJson.tree("", count)).toList();
    for (String key :
        List.of(
            "macs",
            "intMacs",
            "flops",
            "flopsTotal",
            "elementwise",
            "special",
            "comparisons",
            "validMacs",
            "activationBytes",
            "peakActivationBytes",
            "bytesMoved",
            "parameters",
            "parameterBytes",
            "statistics")) {
      StringBuilder line = new StringBuilder("%-22s".formatted(key));
      for (Map<String, Object> tree : trees) {
        line.append(" %18s %18s".formatted(number(tree.get(key)), perImage(tree, key)));
      }
      lines.add(line.toString().stripTrailing());
    }
    lines.add(ratios(counts));
    return lines;
  }

  private static String ratios(List<OperationCount> counts) {
    OperationCount first = counts.get(0);
    return String.format(
        Locale.ROOT,
        "%.2f FLOPs a byte moved; %.2f %% of the weights are 0; %.2f %% of the MACs on padding",
        first.arithmeticIntensity(),
        100 * first.weights().sparsity(),
        first.macs() + first.total().intMacs() == 0
            ? 0.0
            : 100.0
                * (first.macs() + first.total().intMacs() - first.validMacs())
                / (first.macs() + first.total().intMacs()));
  }

  private static String number(@Nullable Object value) {
    return value instanceof Long whole
        ? String.format(Locale.ROOT, "%,d", whole)
        : value instanceof Double real ? String.format(Locale.ROOT, "%,.1f", real) : "";
  }

  private static String perImage(Map<String, Object> tree, String key) {
    return tree.get("perImage") instanceof Map<?, ?> figures ? number(figures.get(key)) : "";
  }

  private static List<String> remarks(OperationCount count) {
    List<String> lines = new ArrayList<>();
    if (!count.uncounted().isEmpty()) {
      lines.addAll(
          wrapped(
              "UNCOUNTED, so that every total is a lower bound: "
                  + count.uncounted().entrySet().stream()
                      .map(entry -> entry.getKey() + " x" + entry.getValue())
                      .collect(Collectors.joining(", "))));
    }
    count.incompleteBecause().forEach(because -> lines.addAll(wrapped("NOT COMPLETE: " + because)));
    count.warnings().forEach(warning -> lines.addAll(wrapped("note: " + warning)));
    return lines;
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split("\\s+", -1)) {
      if (line.length() > 0 && line.length() + word.length() >= 99) {
        lines.add(line.toString());
        line = new StringBuilder("  ");
      } else if (line.length() > 0) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : "…" + text.substring(text.length() - width + 1);
  }
}
