package io.stagemark.report.html;

import io.stagemark.data.PlainText;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.result.CandidateFigures;
import io.stagemark.result.CandidateFigures.Spread;
import io.stagemark.result.CaseResult;
import io.stagemark.result.StageDetail;
import io.stagemark.result.SubStages;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happens inside the stages: boxes before and after suppression, and times of the parts. */
final class StagesEvidence {
  private StagesEvidence() {}

  /** Returns the tables, and how to see suppression grow with the boxes. */
  static List<Block> of(RunView run) {
    List<Block> blocks = new ArrayList<>(candidates(run));
    blocks.addAll(parts(run));
    return blocks;
  }

  private static List<Block> candidates(RunView run) {
    EvidenceTable table =
        new EvidenceTable(
                run,
                "Boxes of an image, counted on the timed outputs: smallest, median, largest;"
                    + " not finite: a score or a box that is NaN or infinite, in all")
            .texts("case")
            .numbers("examples", "above threshold: min", "median", "max")
            .numbers("into NMS: min", "median", "max", "kept: min", "median", "max")
            .numbers("not finite");
    for (int i = 0; i < run.cases().size(); i++) {
      Optional<CandidateFigures> found =
          run.cases().get(i).timed().detail().flatMap(StageDetail::candidates);
      if (found.isPresent()) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(run.labels().get(i)));
        cells.add(Cells.count(found.get().examples()));
        spread(cells, found.get().aboveThreshold());
        spread(cells, found.get().intoNms());
        spread(cells, found.get().kept());
        cells.add(Cells.count(found.get().nonFinite()));
        table.row(cells);
      }
    }
    return table.blocks();
  }

  private static void spread(List<Cell> cells, Spread spread) {
    cells.add(Cells.count(spread.min()));
    cells.add(Cells.count(spread.median()));
    cells.add(Cells.count(spread.max()));
  }

  private static List<Block> parts(RunView run) {
    EvidenceTable table =
        new EvidenceTable(
                run,
                "Inside the stages: a pass of its own after the measured batches, over the same"
                    + " examples, with probes in the stages: in no other figure. Share is of the"
                    + " stage's time in that pass, the median over its batches")
            .texts("case", "stage", "part")
            .numbers("n", "p50 ms", "p90 ms", "share %");
    Set<String> models = new LinkedHashSet<>();
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      List<SubStages.StageParts> stages =
          one.timed()
              .detail()
              .flatMap(StageDetail::subStages)
              .map(SubStages::stages)
              .orElse(List.of());
      for (SubStages.StageParts stage : stages) {
        if (stage.stage().equals("postprocess")) {
          models.add(run.raw().cases().get(i).key().model());
        }
        rows(table, run.labels().get(i), one, stage);
      }
    }
    List<Block> blocks = new ArrayList<>(table.blocks());
    if (!models.isEmpty()) {
      blocks.add(
          new Block.Commands(
              models.stream()
                  .map(
                      model ->
                          new Block.Command(
                              "How suppression (NMS) grows with the candidates",
                              PlainText.seen(
                                  "./stagemark nms-curve --model "
                                      + PlainText.shellArgument(model))))
                  .toList()));
    }
    return blocks;
  }

  private static void rows(
      EvidenceTable table, String label, CaseResult one, SubStages.StageParts stage) {
    one.stage(stage.stage())
        .ifPresent(
            times -> table.row(row(label, stage.stage(), "whole, measured", times, Cells.ABSENT)));
    table.row(
        row(label, stage.stage(), "whole, in the pass", stage.whole(), Cells.number(100, "%.0f")));
    for (SubStages.SubStage part : stage.parts()) {
      Cell share = Cells.number(100 * part.share(), "%.1f");
      table.row(row(label, stage.stage(), part.name(), part.times(), share));
    }
  }

  private static List<Cell> row(
      String label, String stage, String part, Distribution times, Cell share) {
    return List.of(
        Cell.of(label),
        Cell.of(stage),
        Cell.of(part),
        Cells.count(times.count()),
        TimesEvidence.interval(times, times.quantile(50)),
        TimesEvidence.interval(times, times.quantile(90)),
        share);
  }
}
