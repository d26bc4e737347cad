package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Figures;
import io.stagemark.result.RunResult;
import io.stagemark.result.SizeLatency;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Times by the size of the image input, as text; nothing where every case has one size. */
public final class SizeTables {
  /** What the columns of every rendering are of. */
  public static final String HOW =
      "ms of a batch of 1 by the input's width x height, which follows from each image; GFLOP is 2 x"
          + " MAC of the forward at that size, GFLOP/s that by the forward's p50. The case's own"
          + " GFLOPs are the mean over the examples";

  /** Of more sizes the console names the first and the last ones. */
  private static final int MAX_HINTED = 4;

  private SizeTables() {}

  /** Returns such as {@code 640x448}. */
  public static String name(SizeLatency size) {
    return size.widthPx() + "x" + size.heightPx();
  }

  /** Returns 10⁹ operations a second of the forward, by its median; empty without a count. */
  public static OptionalDouble gigaFlopsPerSecond(SizeLatency size) {
    OptionalLong median =
        size.stage(Stage.FORWARD.label())
            .map(times -> times.quantile(50).nanos())
            .orElse(OptionalLong.empty());
    return size.flops().isEmpty() || median.orElse(0) == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) size.flops().get() / (double) median.getAsLong());
  }

  /**
   * Returns a row a case and size for {@code report.md}.
   *
   * @param result with texts that are safe as Markdown
   */
  static String markdown(RunResult result, CaseLabels labels) {
    MarkdownTable table = new MarkdownTable().words("case", "input").numbers("examples", "batches");
    table.numbers("total p50", "p95", "forward p50", "p95", "GFLOP", "GFLOP/s");
    for (int i = 0; i < result.cases().size(); i++) {
      for (SizeLatency size : result.cases().get(i).timed().sizes()) {
        List<String> cells = new ArrayList<>(List.of(labels.labels().get(i)));
        cells.addAll(cells(size));
        table.row(cells);
      }
    }
    String text = table.text("sizes");
    return text.isEmpty() ? "" : "## Latency by size\n\n" + text + "\n" + HOW + ".\n";
  }

  /** Returns a table a case for the console. */
  static String console(RunResult result, CaseLabels labels) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < result.cases().size(); i++) {
      List<SizeLatency> sizes = result.cases().get(i).timed().sizes();
      if (!sizes.isEmpty()) {
        TextTable table = new TextTable();
        table.row(
            List.of(
                labels.labels().get(i) + ", by size",
                "examples",
                "batches",
                "total p50",
                "p95",
                "forward p50",
                "p95",
                "GFLOP",
                "GFLOP/s"));
        sizes.forEach(size -> table.row(cells(size)));
        text.append('\n').append(table.text());
      }
    }
    return text.isEmpty()
        ? ""
        : text.append(String.join("\n", WrappedText.lines("(" + HOW + ")", "")))
            .append('\n')
            .toString();
  }

  /** Returns a line a case with the median of a few sizes. */
  static List<String> hints(RunResult result, CaseLabels labels) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < result.cases().size(); i++) {
      List<SizeLatency> sizes = result.cases().get(i).timed().sizes();
      if (!sizes.isEmpty()) {
        String label = result.cases().size() == 1 ? "" : labels.labels().get(i) + ", ";
        lines.add(
            String.format(
                ROOT,
                "%sp50 by size of the input: %s%s",
                label,
                hinted(sizes),
                sizes.size() > MAX_HINTED ? "; all " + sizes.size() + " are in the report" : ""));
      }
    }
    return lines;
  }

  private static String hinted(List<SizeLatency> sizes) {
    List<SizeLatency> shown = sizes;
    if (sizes.size() > MAX_HINTED) {
      shown = new ArrayList<>(sizes.subList(0, MAX_HINTED / 2));
      shown.addAll(sizes.subList(sizes.size() - MAX_HINTED / 2, sizes.size()));
    }
    return shown.stream()
        .map(
            size ->
                String.format(
                    ROOT,
                    "%s %s ms",
                    name(size),
                    Figures.millis(size.stage(Stage.TOTAL.label()), 50)))
        .collect(Collectors.joining(", "));
  }

  private static List<String> cells(SizeLatency size) {
    OptionalDouble rate = gigaFlopsPerSecond(size);
    return List.of(
        name(size),
        Integer.toString(size.examples()),
        size.stage(Stage.TOTAL.label())
            .map(times -> Long.toString(times.count()))
            .orElse(Figures.ABSENT),
        Figures.millis(size.stage(Stage.TOTAL.label()), 50),
        Figures.millis(size.stage(Stage.TOTAL.label()), 95),
        Figures.millis(size.stage(Stage.FORWARD.label()), 50),
        Figures.millis(size.stage(Stage.FORWARD.label()), 95),
        size.flops().map(Figures::giga).orElse(Figures.ABSENT),
        rate.isPresent() ? String.format(ROOT, "%.1f", rate.getAsDouble()) : Figures.ABSENT);
  }

  /** Returns whether the sizes of a case differ: one rate of all of them would say nothing. */
  public static boolean isMixed(CaseResult one) {
    return one.timed().sizes().size() > 1;
  }
}
