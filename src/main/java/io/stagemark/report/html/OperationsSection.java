package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.chart.BarChart;
import io.stagemark.report.chart.ChartTitle;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Column;
import io.stagemark.report.page.Block.Row;
import io.stagemark.report.page.Drawing;
import io.stagemark.report.page.Section;
import io.stagemark.result.CaseResult;
import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.OperatorTimes;
import io.stagemark.result.OperatorTimes.RooflinePoint;
import io.stagemark.result.StageOperations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a model computes, its heaviest operators, and how near it comes to the machine's roof. */
final class OperationsSection {
  private static final int MOST = 10;

  /** Profiled cases that are shown; the result has every one. */
  private static final int MAX_PROFILED = 12;

  private static final int OPEN = 2;

  private OperationsSection() {}

  static Optional<Section> of(RunView run) {
    List<Block> blocks = new ArrayList<>();
    String convention = "";
    Map<List<GraphCount>, Integer> models = new LinkedHashMap<>();
    for (int i = 0; i < run.cases().size(); i++) {
      Optional<ModelCounts> counts = run.cases().get(i).operations().flatMap(Operations::counts);
      if (counts.isPresent()) {
        convention = counts.get().convention();
        models.putIfAbsent(counts.get().graphs(), i);
      }
    }
    for (int i : models.values()) {
      List<Block> model = model(run, i);
      CaseResult.Key key = run.cases().get(i).key();
      String name = key.model() + ", batch " + key.batch();
      if (blocks.isEmpty()) {
        blocks.addAll(model);
      } else {
        blocks.add(new Block.Folded(name, model));
      }
    }
    blocks.addAll(profiled(run));
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "operations",
                "FLOPs and roofline",
                "What does the model compute? " + convention + ".",
                blocks));
  }

  /** Returns roofline and time by operator of each case that was profiled; most are folded. */
  private static List<Block> profiled(RunView run) {
    List<Block> blocks = new ArrayList<>();
    int drawn = 0;
    for (int i = 0; i < run.cases().size() && drawn < MAX_PROFILED; i++) {
      Optional<OperatorTimes> times =
          run.cases()
              .get(i)
              .operations()
              .flatMap(Operations::counts)
              .flatMap(ModelCounts::operators);
      if (times.isPresent()) {
        String label = run.labels().get(i);
        List<Block> figures =
            List.of(RooflineFigure.of(i, label, times.get()), byOperator(i, label, times.get()));
        if (drawn < OPEN) {
          blocks.addAll(figures);
        } else {
          blocks.add(new Block.Folded("Roofline and time by operator: " + label, figures));
        }
        drawn++;
      }
    }
    long profiled =
        run.cases().stream()
            .filter(
                one ->
                    one.operations()
                        .flatMap(Operations::counts)
                        .flatMap(ModelCounts::operators)
                        .isPresent())
            .count();
    if (profiled > drawn) {
      blocks.add(
          new Block.Paragraph(
              "The operators of " + (profiled - drawn) + " more cases are in operations/."));
    }
    return blocks;
  }

  private static List<Block> model(RunView run, int index) {
    CaseResult one = run.cases().get(index);
    ModelCounts counts = one.operations().flatMap(Operations::counts).orElseThrow();
    List<Block> blocks = new ArrayList<>();
    blocks.add(graphs(one.key(), counts.graphs()));
    if (!counts.reconciliation().isEmpty()) {
      blocks.add(new Block.Items(counts.reconciliation()));
    }
    List<String> warnings = new ArrayList<>(counts.warnings());
    for (GraphCount graph : counts.graphs()) {
      warnings.addAll(graph.warnings());
      if (!graph.uncounted().isEmpty()) {
        warnings.add(
            graph.origin().file()
                + ": operators without a rule, so that every total is a lower bound: "
                + graph.uncounted());
      }
    }
    if (!warnings.isEmpty()) {
      blocks.add(new Block.Items(warnings));
    }
    if (!counts.stages().isEmpty()) {
      blocks.add(stages(counts.stages()));
    }
    CaseResult raw = run.raw().cases().get(index);
    HeaviestOperators.of(run.folder(), raw)
        .ifPresent(heaviest -> blocks.add(heaviest.figure("heaviest-" + (index + 1), MOST)));
    return blocks;
  }

  private static Block graphs(CaseResult.Key key, List<GraphCount> graphs) {
    List<Row> rows = new ArrayList<>();
    for (GraphCount graph : graphs) {
      rows.add(
          new Row(
              List.of(
                  Cell.of(graph.origin().file()),
                  Cell.of(graph.origin().source()),
                  giga(graph.perImage().macs().doubleValue()),
                  giga(graph.perImage().flopsTotal().doubleValue()),
                  giga(graph.perImage().intMacs().doubleValue()),
                  Cells.number(graph.weights().parameters() / 1e6, "%.2f"),
                  Cells.number(
                      graph.perBatch().peakActivationBytes().doubleValue() / (1 << 20), "%.1f"),
                  Cells.number(graph.arithmeticIntensity(), "%.2f"),
                  Cells.number(100 * graph.weights().sparsity(), "%.1f"))));
    }
    return new Block.Table(
        key.model() + ", batch " + key.batch() + ": the graph, for an image",
        List.of(
            Column.text("file"),
            Column.text("counted from"),
            Column.number("GMAC"),
            Column.number("GFLOP in all"),
            Column.number("integer GMAC"),
            Column.number("M parameters"),
            Column.number("peak activations MiB"),
            Column.number("FLOP a byte"),
            Column.number("zero weights %")),
        rows,
        false);
  }

  private static Cell giga(double count) {
    return count == 0 ? Cells.ABSENT : Cells.number(count / 1e9, count < 1e8 ? "%.4f" : "%.3f");
  }

  private static Block stages(List<StageOperations> stages) {
    List<Row> rows = new ArrayList<>();
    for (StageOperations stage : stages) {
      rows.add(
          new Row(
              List.of(
                  Cell.of(stage.stage()),
                  Cells.count(stage.flopsTotal()),
                  Cells.count(stage.macs()),
                  Cells.count(stage.elementwise()),
                  Cells.count(stage.special()),
                  Cells.count(stage.comparisons()),
                  Cell.of(stage.note()))));
    }
    return new Block.Table(
        "Operations of a batch by stage",
        List.of(
            Column.text("stage"),
            Column.number("FLOP in all"),
            Column.number("MAC"),
            Column.number("elementwise"),
            Column.number("special"),
            Column.number("comparisons"),
            Column.text("by")),
        rows,
        false);
  }

  private static Block byOperator(int index, String label, OperatorTimes times) {
    double all = times.model().seconds();
    List<BarChart.Row> bars = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (RooflinePoint kind : times.kinds()) {
      String share = String.format(ROOT, "%.1f %%", all > 0 ? 100 * kind.seconds() / all : 0);
      if (bars.size() < MOST) {
        double millis = 1e3 * kind.seconds();
        bars.add(
            new BarChart.Row(
                kind.name(),
                List.of(
                    new BarChart.Segment(
                        "s-plain",
                        0,
                        millis,
                        "",
                        String.format(ROOT, "%s: %.3f ms", kind.name(), millis),
                        Map.of("ms", CasesSection.number(millis)))),
                Optional.empty(),
                String.format(ROOT, "%.2f ms, %s", millis, share)));
      }
      rows.add(RooflineFigure.row(kind));
    }
    return Drawing.figure(
        new ChartTitle(
            "operators-" + (index + 1),
            "Time by kind of operator: " + label,
            bars.size() + " kinds, the longest first."),
        "From one profiled pass that no latency comes from.",
        (title, width) -> BarChart.svg(title, width, "ms of a batch", Map.of(), bars),
        Optional.of(RooflineFigure.table("Time by kind of operator", rows)));
  }
}
