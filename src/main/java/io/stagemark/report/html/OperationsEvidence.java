package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.result.CaseResult;
import io.stagemark.result.GraphCount;
import io.stagemark.result.ModelCounts;
import io.stagemark.result.Operations;
import io.stagemark.result.OperatorTimes;
import io.stagemark.result.OperatorTimes.Ceiling;
import io.stagemark.result.OperatorTimes.RooflinePoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every count of every graph, and the ceilings that operators are compared with. */
final class OperationsEvidence {
  /** Graphs of as many models and batch sizes; the files of operators have all. */
  private static final int MAX_GRAPHS = 8;

  private OperationsEvidence() {}

  /** Returns the counts. */
  static List<Block> counts(RunView run) {
    EvidenceTable table =
        new EvidenceTable(run, "Operations of an image")
            .texts("case", "graph")
            .numbers("MACs", "GFLOP", "integer GIOP", "parameters")
            .texts("operators without a rule: a lower bound");
    Map<List<GraphCount>, List<String>> graphs = new LinkedHashMap<>();
    for (int i = 0; i < run.cases().size(); i++) {
      String label = run.labels().get(i);
      Optional<Operations> found = run.cases().get(i).operations();
      found.ifPresent(o -> table.row(row(label, o)));
      found
          .flatMap(Operations::counts)
          .filter(c -> !c.graphs().isEmpty())
          .ifPresent(c -> graphs.computeIfAbsent(c.graphs(), key -> new ArrayList<>()).add(label));
    }
    List<Block> blocks = new ArrayList<>(table.blocks());
    graphs.entrySet().stream()
        .limit(MAX_GRAPHS)
        .forEach(each -> blocks.addAll(graphs(run, each.getKey(), each.getValue())));
    if (graphs.size() > MAX_GRAPHS) {
      blocks.add(
          new Block.Paragraph(
              String.format(ROOT, "And %d more: result.json.", graphs.size() - MAX_GRAPHS)));
    }
    return blocks;
  }

  private static List<Cell> row(String label, Operations found) {
    return List.of(
        Cell.of(label),
        Cell.of(found.graph()),
        Cells.count(found.macs()),
        Cells.number(found.flops() / 1e9, "%.4g"),
        found.integerOperations() == 0
            ? Cells.ABSENT
            : Cells.number(found.integerOperations() / 1e9, "%.4g"),
        Cells.count(found.parameters()),
        found.uncounted().isEmpty() ? Cells.ABSENT : Cell.of(found.uncounted().toString()));
  }

  /** Returns each figure of the graphs of a model, by batch and by image. */
  private static List<Block> graphs(RunView run, List<GraphCount> graphs, List<String> labels) {
    EvidenceTable table =
        new EvidenceTable(run, "Every count of a graph: " + String.join("; ", labels))
            .texts("figure");
    for (GraphCount graph : graphs) {
      String name = graph.origin().file() + ", " + graph.origin().source();
      if (graph.origin().batch() > 1) {
        table.numbers(name + ", per batch of " + graph.origin().batch());
      }
      table.numbers(name + ", per image");
    }
    for (String figure : graphs.get(0).perBatch().byName().keySet()) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.of(figure)));
      for (GraphCount graph : graphs) {
        if (graph.origin().batch() > 1) {
          cells.add(grouped(graph.perBatch().byName().getOrDefault(figure, BigDecimal.ZERO)));
        }
        cells.add(grouped(graph.perImage().byName().getOrDefault(figure, BigDecimal.ZERO)));
      }
      table.row(cells);
    }
    wholes(graphs).forEach(table::row);
    return table.blocks();
  }

  /** Returns rows of what does not grow with the batch. */
  private static List<List<Cell>> wholes(List<GraphCount> graphs) {
    List<List<Cell>> whole = new ArrayList<>();
    for (String figure :
        List.of(
            "parameters",
            "parameterBytes",
            "statistics",
            "sparsity of the weights %",
            "arithmeticIntensity, FLOPs a byte",
            "shapes from",
            "uncounted operators")) {
      whole.add(new ArrayList<>(List.of(Cell.of(figure))));
    }
    for (GraphCount graph : graphs) {
      List<Cell> figures = ofGraph(graph);
      for (int f = 0; f < figures.size(); f++) {
        whole.get(f).add(figures.get(f));
        if (graph.origin().batch() > 1) {
          whole.get(f).add(Cells.ABSENT);
        }
      }
    }
    return whole;
  }

  private static List<Cell> ofGraph(GraphCount graph) {
    return List.of(
        Cells.count(graph.weights().parameters()),
        Cells.count(graph.weights().parameterBytes()),
        Cells.count(graph.weights().statistics()),
        Cells.number(100 * graph.weights().sparsity(), "%.2f"),
        Cells.number(graph.arithmeticIntensity(), "%.3f"),
        Cell.of(graph.origin().shapesFrom()),
        graph.uncounted().isEmpty() ? Cell.of("none") : Cell.of(graph.uncounted().toString()));
  }

  private static Cell grouped(BigDecimal value) {
    String text =
        value.scale() == 0
            ? String.format(ROOT, "%,d", value.toBigIntegerExact())
            : String.format(ROOT, "%,.1f", value);
    return Cell.of(text, value.doubleValue());
  }

  /** Returns the measured ceilings, and each operator's place under them. */
  static List<Block> roofline(RunView run) {
    EvidenceTable ceilings =
        new EvidenceTable(run, "Ceilings: the best rates measured on this machine")
            .texts("case", "ceiling")
            .numbers("rate")
            .texts("unit")
            .numbers("spread %", "n", "threads")
            .texts("at", "engine");
    EvidenceTable points =
        new EvidenceTable(
                run,
                "Operators under the ceilings, from one profiled pass that no latency comes from;"
                    + " FLOPs are flopsTotal + 2 × intMacs of a batch")
            .texts("case", "operator", "kind", "type")
            .numbers("ms", "MFLOP", "MB moved", "FLOP/byte", "GFLOP/s")
            .numbers("attainable GFLOP/s", "of attainable %");
    for (int i = 0; i < run.cases().size(); i++) {
      String label = run.labels().get(i);
      Optional<OperatorTimes> found = times(run.cases().get(i));
      if (found.isPresent()) {
        OperatorTimes times = found.get();
        for (Ceiling peak : times.peaks()) {
          String unit = OperatorTimes.isInteger(peak.of()) ? "GOP/s" : "GFLOP/s";
          ceilings.row(row(label, "peak " + peak.of(), unit, peak, times));
        }
        ceilings.row(row(label, "bandwidth", "GB/s", times.bandwidth(), times));
        points.row(row(label, times.model()));
        times.heaviest().forEach(point -> points.row(row(label, point)));
        times.kinds().forEach(kind -> points.row(row(label, kind)));
      }
    }
    List<Block> blocks = new ArrayList<>(ceilings.blocks());
    blocks.addAll(points.blocks());
    return blocks;
  }

  private static Optional<OperatorTimes> times(CaseResult one) {
    return one.operations().flatMap(Operations::counts).flatMap(ModelCounts::operators);
  }

  private static List<Cell> row(
      String label, String name, String unit, Ceiling ceiling, OperatorTimes times) {
    return List.of(
        Cell.of(label),
        Cell.of(name),
        Cells.number(ceiling.median() / 1e9, "%.1f"),
        Cell.of(unit),
        Cells.number(100 * ceiling.spread(), "%.0f"),
        Cells.count(ceiling.samples()),
        Cells.count(times.threads()),
        Cell.of(ceiling.at()),
        Cell.of(times.engine()));
  }

  private static List<Cell> row(String label, RooflinePoint point) {
    boolean known = point.attainableFlopsPerSecond() > 0;
    return List.of(
        Cell.of(label),
        Cell.of(point.name().isEmpty() ? point.operator() : point.name()),
        Cell.of(point.operator()),
        Cell.of(point.type()),
        Cells.number(1e3 * point.seconds(), "%.3f"),
        Cells.number(point.flopsTotal() / 1e6, "%.2f"),
        Cells.number(point.bytesMoved() / 1e6, "%.2f"),
        point.bytesMoved() == 0
            ? Cells.ABSENT
            : Cells.number((double) point.flopsTotal() / point.bytesMoved(), "%.2f"),
        Cells.number(point.flopsPerSecond() / 1e9, "%.1f"),
        known ? Cells.number(point.attainableFlopsPerSecond() / 1e9, "%.1f") : Cells.ABSENT,
        known ? Cells.number(100 * point.fraction(), "%.1f") : Cells.ABSENT);
  }
}
