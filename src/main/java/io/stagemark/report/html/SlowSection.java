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
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Circumstances;
import io.stagemark.result.ColdStart;
import io.stagemark.result.Figures;
import io.stagemark.result.Resources;
import io.stagemark.result.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The slowest batches and how to run them again; what a start takes; memory. */
final class SlowSection {
  private static final int MAX_REPLAYS = 5;

  /** Cases whose start is drawn; the table has all. */
  private static final int DRAWN = 4;

  private SlowSection() {}

  static Optional<Section> of(RunView run) {
    List<Block> blocks = new ArrayList<>();
    slowest(run).ifPresent(blocks::add);
    replays(run).ifPresent(blocks::add);
    for (int i = 0; i < run.cases().size() && i < DRAWN; i++) {
      coldStart(run, i).ifPresent(blocks::add);
    }
    starts(run).ifPresent(blocks::add);
    MemoryFigure.of(run).ifPresent(blocks::add);
    memory(run).ifPresent(blocks::add);
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Section(
                "slow",
                "Slow batches, start, memory",
                "Which inputs were slow, what does the first result take, how much memory?",
                blocks));
  }

  private static Optional<Block> slowest(RunView run) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      String label = run.labels().get(i);
      for (CaseProof.Replay replay : slowest(run.cases().get(i))) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(label));
        cells.add(Cells.count(replay.trial()));
        cells.add(Cells.count(replay.batch().batch() + 1L));
        for (String stage : List.of("total", "decode", "preprocess", "forward", "postprocess")) {
          Long nanos = replay.batch().stageNanos().get(stage);
          cells.add(nanos == null ? Cells.ABSENT : Cells.millis((double) nanos));
        }
        cells.add(Cell.of(String.join(", ", replay.batch().examples())));
        rows.add(new Row(cells));
      }
    }
    List<Column> columns = new ArrayList<>(List.of(Column.text("case")));
    for (String name :
        List.of("trial", "batch", "total ms", "decode", "preprocess", "forward", "postprocess")) {
      columns.add(Column.number(name));
    }
    columns.add(Column.text("examples"));
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Block.Table("The slowest batches", columns, rows, true));
  }

  private static List<CaseProof.Replay> slowest(CaseResult one) {
    List<CaseProof.Replay> all = one.proof().map(CaseProof::slowest).orElse(List.of());
    return all.subList(0, Math.min(MAX_REPLAYS, all.size()));
  }

  private static Optional<Block> replays(RunView run) {
    Map<String, String> commands = new LinkedHashMap<>();
    for (int i = 0; i < run.cases().size(); i++) {
      for (CaseProof.Replay replay : slowest(run.cases().get(i))) {
        String about =
            run.labels().get(i)
                + ": "
                + String.join(", ", replay.batch().examples())
                + ", "
                + Figures.millis((double) replay.batch().totalNanos())
                + " ms";
        commands.putIfAbsent(replay.command(), about);
      }
    }
    if (commands.isEmpty()) {
      return Optional.empty();
    }
    List<Block.Command> lines = new ArrayList<>();
    commands.forEach((line, about) -> lines.add(new Block.Command(about, line)));
    return Optional.of(
        new Block.Folded(
            "Commands that run the slowest batches again: " + lines.size(),
            List.of(new Block.Commands(lines))));
  }

  private static Optional<Block> coldStart(RunView run, int index) {
    CaseResult one = run.cases().get(index);
    Map<Integer, ColdStart> starts = new LinkedHashMap<>();
    for (TrialResult trial : one.trials()) {
      circumstances(trial)
          .flatMap(Circumstances::coldStart)
          .ifPresent(start -> starts.put(trial.index(), start));
    }
    if (starts.isEmpty()) {
      return Optional.empty();
    }
    Map.Entry<Integer, ColdStart> shown = starts.entrySet().iterator().next();
    int first = shown.getKey();
    List<BarChart.Row> bars = waterfall(shown.getValue());
    String label = run.labels().get(index);
    double millis = shown.getValue().totalNanos() / 1e6;
    return Optional.of(
        Drawing.figure(
            new ChartTitle(
                "start-" + (index + 1),
                "Cold start: " + label,
                String.format(ROOT, "%.0f ms from the process to the first result.", millis)),
            String.format(
                ROOT, "From the process to the first result of trial %d: %.0f ms.", first, millis),
            (title, width) -> BarChart.svg(title, width, "ms", Map.of(), bars),
            Optional.of(parts(label, shown.getValue()))));
  }

  private static Block.Table parts(String label, ColdStart start) {
    List<Row> rows = new ArrayList<>();
    parts(start)
        .forEach(
            (part, nanos) ->
                rows.add(new Row(List.of(Cell.of(part), Cells.number(nanos / 1e6, "%.1f")))));
    return new Block.Table(
        "Cold start of " + label, List.of(Column.text("part"), Column.number("ms")), rows, false);
  }

  /** Every trial's start. */
  private static Optional<Block> starts(RunView run) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      for (TrialResult trial : run.cases().get(i).trials()) {
        Optional<ColdStart> start = circumstances(trial).flatMap(Circumstances::coldStart);
        if (start.isPresent()) {
          rows.add(row(run.labels().get(i), trial.index(), start.get()));
        }
      }
    }
    List<Column> columns = new ArrayList<>(List.of(Column.text("case")));
    for (String name :
        List.of(
            "trial",
            "JVM ms",
            "program",
            "engine",
            "model",
            "session",
            "stages",
            "first batch",
            "in all",
            "classes")) {
      columns.add(Column.number(name));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Folded(
                "Cold start of every trial",
                List.of(new Block.Table("Cold start in ms", columns, rows, true))));
  }

  private static Map<String, Long> parts(ColdStart start) {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("process and JVM", start.jvmNanos());
    parts.put("program", start.programNanos());
    parts.put("engine", start.engineNanos());
    parts.put("model", start.modelNanos());
    parts.put("session", start.sessionNanos());
    parts.put("stages set up", start.stagesNanos());
    parts.put("first batch", start.firstBatchNanos());
    return parts;
  }

  private static List<BarChart.Row> waterfall(ColdStart start) {
    List<BarChart.Row> bars = new ArrayList<>();
    double at = 0;
    for (Map.Entry<String, Long> part : parts(start).entrySet()) {
      double millis = part.getValue() / 1e6;
      String text = String.format(ROOT, "%.0f ms", millis);
      bars.add(
          new BarChart.Row(
              part.getKey(),
              List.of(
                  new BarChart.Segment(
                      "s-plain",
                      at,
                      at + millis,
                      "",
                      part.getKey() + ": " + text,
                      Map.of("ms", CasesSection.number(millis)))),
              Optional.empty(),
              text));
      at += millis;
    }
    return bars;
  }

  private static Row row(String label, int trial, ColdStart start) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.of(label), Cells.count(trial)));
    parts(start).values().forEach(nanos -> cells.add(Cells.number(nanos / 1e6, "%.0f")));
    cells.add(Cells.number(start.totalNanos() / 1e6, "%.0f"));
    cells.add(Cells.count(start.classesLoaded()));
    return new Row(cells);
  }

  private static Optional<Circumstances> circumstances(TrialResult trial) {
    return trial.measured().flatMap(TrialResult.Measured::circumstances);
  }

  private static Optional<Block> memory(RunView run) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < run.cases().size(); i++) {
      for (TrialResult trial : run.cases().get(i).trials()) {
        Optional<Resources> resources = circumstances(trial).flatMap(Circumstances::resources);
        if (resources.isPresent()) {
          Optional<Resources.MemoryGrowth> growth = resources.get().memory();
          rows.add(
              new Row(
                  List.of(
                      Cell.of(run.labels().get(i)),
                      Cells.count(trial.index()),
                      Cells.mebibytes(resources.get().peakRssBytes()),
                      Cells.mebibytes(resources.get().steadyRssBytes()),
                      growth
                          .map(g -> Cells.number(g.growthBytes() / (double) (1 << 20), "%.1f"))
                          .orElse(Cells.ABSENT),
                      Cell.of(growth.map(g -> g.leaking() ? "YES" : "no").orElse("not judged")))));
        }
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Table(
                "Physical memory of each trial's process",
                List.of(
                    Column.text("case"),
                    Column.number("trial"),
                    Column.number("peak MiB"),
                    Column.number("steady MiB"),
                    Column.number("growth MiB"),
                    Column.text("leak")),
                rows,
                true));
  }
}
