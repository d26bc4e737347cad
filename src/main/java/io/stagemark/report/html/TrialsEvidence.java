package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.data.PlainText;
import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.SlowBatch;
import io.stagemark.result.Steadiness;
import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.result.WorkProof;
import io.stagemark.stats.TrialVariance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What each trial did, and how far the trials of a case are apart. */
final class TrialsEvidence {
  /** The section of slow batches has those before. */
  private static final int SHOWN_ELSEWHERE = 5;

  private static final int MAX_COMMANDS = 40;
  private static final int MAX_FAILURES = 20;
  private static final int MAX_CHARACTERS = 16_000;

  private TrialsEvidence() {}

  /** Returns the whole reason of each failed trial. */
  static List<Block> failures(RunView run) {
    List<Block> blocks = new ArrayList<>();
    int left = 0;
    for (int i = 0; i < run.raw().cases().size(); i++) {
      for (TrialResult trial : run.raw().cases().get(i).trials()) {
        if (trial.failure().isPresent() && blocks.size() < MAX_FAILURES) {
          String caption = run.labels().get(i) + ", trial " + trial.index();
          blocks.add(new Block.Code(caption, text(trial.failure().get())));
        } else if (trial.failure().isPresent()) {
          left++;
        }
      }
    }
    if (left > 0) {
      blocks.add(new Block.Paragraph(String.format(ROOT, "And %d more: result.json.", left)));
    }
    return blocks;
  }

  private static String text(String failure) {
    int end = Math.min(failure.length(), MAX_CHARACTERS);
    return PlainText.lines(failure.substring(0, end))
        + (end < failure.length() ? "\n… the rest is in result.json" : "");
  }

  /** Returns what came before the measured batches, and the batches themselves. */
  static List<Block> windows(RunView run) {
    EvidenceTable table =
        new EvidenceTable(
                run,
                "Each trial: the engine's load, warm-up, the measured batches, Java heap that a"
                    + " batch allocates, outputs that differ from the first of the same example")
            .texts("case")
            .numbers("trial", "load ms", "warm-up batches", "warm-up s", "batches", "images")
            .numbers("failed", "measured s", "heap bytes/batch", "changed outputs")
            .texts("fingerprint of the outputs");
    for (MeasuredTrial trial : MeasuredTrial.of(run)) {
      TrialResult.Measured.Preparation before = trial.measured().preparation();
      TrialResult.Measured.Window window = trial.measured().window();
      TrialResult.Measured.Outputs outputs = trial.measured().outputs();
      table.row(
          trial.row(
              Cells.number(before.loadNanos() / 1e6, "%.0f"),
              Cells.count(before.warmupBatches()),
              Cells.number(before.warmupNanos() / 1e9, "%.2f"),
              Cells.count(window.batches()),
              Cells.count(window.images()),
              Cells.count(window.failedBatches()),
              Cells.number(window.wallNanos() / 1e9, "%.2f"),
              Cells.number(window.allocatedBytesPerBatch(), "%.0f"),
              Cells.count(outputs.changedOutputs()),
              Cell.of(outputs.fingerprint())));
    }
    return table.blocks();
  }

  /** Returns whether each trial was steady, what the JVM did meanwhile, the work and the clock. */
  static List<Block> proofs(RunView run) {
    EvidenceTable steady =
        new EvidenceTable(
                run,
                "Steady state: when warm-up settled, batches on the main level, the largest shift"
                    + " from it; compilers (JIT) and collectors (GC) during warm-up + measurement")
            .texts("case")
            .numbers("trial")
            .texts("verdict")
            .numbers("settled after batches", "settled after s", "on one level %", "changes")
            .numbers("largest shift %", "JIT ms", "GC ms", "collections");
    EvidenceTable work =
        new EvidenceTable(
                run,
                "Work: inputs and outputs of the timed batches, and forwards after the clock"
                    + " (probes) with inputs seen before and new ones")
            .texts("case")
            .numbers("trial")
            .texts("judged")
            .numbers("examples", "distinct inputs", "shared outputs", "stale", "probes")
            .numbers("unwritten", "unmoved", "forward again ms", "forward new ms")
            .numbers("largest change %");
    EvidenceTable clock =
        new EvidenceTable(run, "Clock of each trial")
            .texts("case")
            .numbers(
                "trial", "step ns", "cost of a reading ns", "stages that ended before they began");
    for (MeasuredTrial trial : MeasuredTrial.of(run)) {
      Optional<TrialProof> proof = trial.proof();
      if (proof.isPresent()) {
        steady.row(steady(trial, proof.get().steadiness()));
        work.row(work(trial, proof.get().work()));
        clock.row(
            trial.row(
                Cells.count(proof.get().clock().stepNanos()),
                Cells.number(proof.get().clock().costNanos(), "%.1f"),
                Cells.count(proof.get().clock().backwards())));
      }
    }
    List<Block> blocks = new ArrayList<>(steady.blocks());
    blocks.addAll(work.blocks());
    blocks.addAll(clock.blocks());
    return blocks;
  }

  private static List<Cell> steady(MeasuredTrial trial, Steadiness found) {
    return trial.row(
        Cell.of(found.verdict().name().toLowerCase(ROOT).replace('_', ' ')),
        found.settled().map(s -> Cells.count(s.batches())).orElse(Cell.of("not seen")),
        found.settled().map(s -> Cells.number(s.nanos() / 1e9, "%.2f")).orElse(Cells.ABSENT),
        found.share() > 0 ? Cells.number(100 * found.share(), "%.1f") : Cells.ABSENT,
        Cells.count(found.changes().size()),
        Cells.number(100 * found.worstShift(), "%+.1f"),
        sum(found.warmup().compileMillis(), found.measured().compileMillis()),
        sum(found.warmup().collectMillis(), found.measured().collectMillis()),
        sum(found.warmup().collections(), found.measured().collections()));
  }

  private static Cell sum(long warmup, long measured) {
    return Cell.of(String.format(ROOT, "%d + %d", warmup, measured), (double) measured);
  }

  private static List<Cell> work(MeasuredTrial trial, WorkProof work) {
    WorkProof.Outputs outputs = work.outputs();
    WorkProof.Probes probe = work.probe();
    return trial.row(
        Cell.of(work.judged() ? "yes" : "no: reads no model"),
        Cells.count(outputs.examples()),
        Cells.count(outputs.distinctInputs()),
        Cells.count(outputs.sharedOutputs()),
        Cells.count(outputs.staleOutputs()),
        Cells.count(probe.probes()),
        Cells.count(probe.unwritten()),
        Cells.count(probe.unmoved()),
        millis(probe.repeatedNanos()),
        millis(probe.newNanos()),
        Cells.number(100 * work.largestChange(), "%.3g"));
  }

  private static Cell millis(OptionalLong nanos) {
    return nanos.isPresent() ? Cells.millis((double) nanos.getAsLong()) : Cells.ABSENT;
  }

  /** Returns how far the trials are apart. */
  static List<Block> variance(RunView run) {
    EvidenceTable table =
        new EvidenceTable(
                run,
                "Between trials: p50 of the total, standard deviations, and the part of the"
                    + " variance that more batches in the same trials cannot show")
            .texts("case", "figures are of trials")
            .numbers("lowest p50 ms", "highest p50 ms", "range %")
            .numbers("between trials ms", "within a trial ms", "between trials %");
    for (int i = 0; i < run.cases().size(); i++) {
      Optional<CaseProof> proof = run.cases().get(i).proof();
      if (proof.isPresent() && !proof.get().pooledTrials().isEmpty()) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(run.labels().get(i)));
        cells.add(
            Cell.of(
                proof.get().pooledTrials().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))));
        cells.addAll(variance(proof.get().variance()));
        table.row(cells);
      }
    }
    return table.blocks();
  }

  private static List<Cell> variance(Optional<TrialVariance> found) {
    if (found.isEmpty()) {
      return java.util.Collections.nCopies(6, Cells.ABSENT);
    }
    TrialVariance v = found.get();
    OptionalDouble range = v.medianRange();
    return List.of(
        Cells.millis((double) v.lowestMedianNanos()),
        Cells.millis((double) v.highestMedianNanos()),
        range.isPresent() ? Cells.number(100 * range.getAsDouble(), "%.1f") : Cells.ABSENT,
        Cells.millis(v.betweenNanos()),
        Cells.millis(v.withinNanos()),
        Cells.number(100 * v.intraclass(), "%.0f"));
  }

  /** Returns the slow batches behind the slowest five. */
  static List<Block> slowest(RunView run) {
    Set<String> stages = new LinkedHashSet<>(List.of("total"));
    for (CaseResult one : run.cases()) {
      further(one).forEach(replay -> stages.addAll(replay.batch().stageNanos().keySet()));
    }
    EvidenceTable table =
        new EvidenceTable(run, "The slowest batches from the sixth")
            .texts("case")
            .numbers("rank", "trial", "batch");
    stages.forEach(stage -> table.numbers(stage + " ms"));
    table.texts("examples");
    Map<String, String> commands = new LinkedHashMap<>();
    for (int i = 0; i < run.cases().size(); i++) {
      int rank = SHOWN_ELSEWHERE;
      for (CaseProof.Replay replay : further(run.cases().get(i))) {
        SlowBatch batch = replay.batch();
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(run.labels().get(i)));
        cells.add(Cells.count(++rank));
        cells.add(Cells.count(replay.trial()));
        cells.add(Cells.count(batch.batch() + 1L));
        for (String stage : stages) {
          Long nanos = batch.stageNanos().get(stage);
          cells.add(nanos == null ? Cells.ABSENT : Cells.millis((double) nanos));
        }
        cells.add(Cell.of(String.join(", ", batch.examples())));
        table.row(cells);
        commands.putIfAbsent(
            replay.command(), run.labels().get(i) + ": " + String.join(", ", batch.examples()));
      }
    }
    List<Block> blocks = new ArrayList<>(table.blocks());
    commands(commands).ifPresent(blocks::add);
    return blocks;
  }

  private static Optional<Block> commands(Map<String, String> abouts) {
    List<Block.Command> commands =
        abouts.entrySet().stream()
            .limit(MAX_COMMANDS)
            .map(each -> new Block.Command(each.getValue(), each.getKey()))
            .toList();
    List<Block> blocks = commands.isEmpty() ? List.of() : List.of(new Block.Commands(commands));
    return EvidenceTable.folded("Commands that run them again: " + commands.size(), blocks);
  }

  private static List<CaseProof.Replay> further(CaseResult one) {
    List<CaseProof.Replay> all = one.proof().map(CaseProof::slowest).orElse(List.of());
    return all.subList(Math.min(SHOWN_ELSEWHERE, all.size()), all.size());
  }
}
