package io.stagemark.report.html;

import static java.util.Locale.ROOT;

import io.stagemark.report.page.Block;
import io.stagemark.report.page.Block.Cell;
import io.stagemark.report.page.Block.Row;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Circumstances;
import io.stagemark.result.MachineReading;
import io.stagemark.result.MachineRecord;
import io.stagemark.result.Resources;
import io.stagemark.result.Resources.ThreadActivity;
import io.stagemark.result.TrialLoad;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The machine around and during each trial, what a trial took of it, limits and settings. */
final class MachineEvidence {
  private static final double MIB = 1 << 20;

  private MachineEvidence() {}

  /** Returns the state of the machine by trial. */
  static List<Block> machine(RunView run) {
    EvidenceTable table =
        new EvidenceTable(
                run,
                "The machine before, during and after each trial (canary: a fixed piece of work on"
                    + " one core, its best time)")
            .texts("case")
            .numbers("trial", "canary before ms", "canary after ms", "drift %")
            .numbers("elsewhere before %", "elsewhere during %", "elsewhere after %")
            .numbers("steal before %", "steal during %", "steal after %")
            .numbers("load average before", "load average after");
    for (MeasuredTrial trial : MeasuredTrial.of(run)) {
      Optional<Circumstances> found = trial.circumstances();
      if (found.isPresent() && found.get().before().isPresent()) {
        Optional<MachineReading> before = found.get().before();
        Optional<MachineReading> after = found.get().after();
        Optional<TrialLoad> during = found.get().during();
        table.row(
            trial.row(
                canary(before),
                canary(after),
                drift(before, after),
                percent(before, MachineReading::elsewhereShare),
                percent(during, TrialLoad::elsewhereShare),
                percent(after, MachineReading::elsewhereShare),
                percent(before, MachineReading::stealShare),
                percent(during, TrialLoad::stealShare),
                percent(after, MachineReading::stealShare),
                Cells.number(of(before, MachineReading::loadAverage), "%.2f"),
                Cells.number(of(after, MachineReading::loadAverage), "%.2f")));
      }
    }
    return table.blocks();
  }

  private static Cell canary(Optional<MachineReading> reading) {
    return reading.map(r -> Cells.millis((double) r.canaryBestNanos())).orElse(Cells.ABSENT);
  }

  private static Cell drift(Optional<MachineReading> before, Optional<MachineReading> after) {
    return before.isPresent() && after.isPresent() && before.get().canaryBestNanos() > 0
        ? Cells.number(
            100.0 * after.get().canaryBestNanos() / before.get().canaryBestNanos() - 100, "%+.1f")
        : Cells.ABSENT;
  }

  private static <T> OptionalDouble of(Optional<T> from, Function<T, OptionalDouble> which) {
    return from.map(which).orElse(OptionalDouble.empty());
  }

  private static <T> Cell percent(Optional<T> from, Function<T, OptionalDouble> which) {
    OptionalDouble share = of(from, which);
    return share.isPresent() ? Cells.number(100 * share.getAsDouble(), "%.1f") : Cells.ABSENT;
  }

  /** Returns what each trial took of the processors. */
  static List<Block> processor(RunView run) {
    EvidenceTable table =
        new EvidenceTable(
                run,
                "Processor while measuring; switches, faults and waiting are of the measuring"
                    + " threads")
            .texts("case")
            .numbers("trial", "CPU s", "CPU/wall", "throttled ms", "voluntary switches")
            .numbers("involuntary switches", "minor faults", "major faults")
            .numbers("waiting for a core ms")
            .texts("loops");
    for (MeasuredTrial trial : MeasuredTrial.of(run)) {
      Optional<TrialLoad> load = trial.circumstances().flatMap(Circumstances::during);
      Optional<ThreadActivity> thread =
          trial.circumstances().flatMap(Circumstances::resources).flatMap(Resources::thread);
      Optional<String> loops = trial.circumstances().flatMap(Circumstances::loops);
      if (load.isPresent() || thread.isPresent() || loops.isPresent()) {
        table.row(
            trial.row(
                load.map(l -> Cells.number(l.cpuNanos() / 1e9, "%.2f")).orElse(Cells.ABSENT),
                load.map(l -> Cells.number(l.cpuPerWall(), "%.2f")).orElse(Cells.ABSENT),
                millis(load.map(TrialLoad::throttledNanos).orElse(OptionalLong.empty())),
                count(thread, ThreadActivity::voluntarySwitches),
                count(thread, ThreadActivity::involuntarySwitches),
                count(thread, ThreadActivity::minorFaults),
                count(thread, ThreadActivity::majorFaults),
                millis(thread.map(ThreadActivity::waitingNanos).orElse(OptionalLong.empty())),
                loops.map(Cell::of).orElse(Cells.ABSENT)));
      }
    }
    return table.blocks();
  }

  private static Cell count(
      Optional<ThreadActivity> thread, Function<ThreadActivity, OptionalLong> which) {
    OptionalLong value = thread.map(which).orElse(OptionalLong.empty());
    return value.isPresent() ? Cells.count(value.getAsLong()) : Cells.ABSENT;
  }

  private static Cell millis(OptionalLong nanos) {
    return nanos.isPresent() ? Cells.number(nanos.getAsLong() / 1e6, "%.2f") : Cells.ABSENT;
  }

  /** Returns what each trial took of the memory. */
  static List<Block> memory(RunView run) {
    EvidenceTable growth =
        new EvidenceTable(
                run,
                "Physical memory; growth is outside the Java heap, from the first measured batch to"
                    + " the last; growth up to the threshold is no leak")
            .texts("case")
            .numbers("trial", "peak MiB", "steady MiB", "growth MiB", "growth bytes/batch")
            .numbers("threshold MiB")
            .texts("leak");
    Set<String> stages = new LinkedHashSet<>();
    for (MeasuredTrial trial : MeasuredTrial.of(run)) {
      Optional<Resources> resources = trial.circumstances().flatMap(Circumstances::resources);
      resources.ifPresent(r -> stages.addAll(r.allocatedBytes().keySet()));
      resources.ifPresent(r -> growth.row(memory(trial, r)));
    }
    EvidenceTable allocated =
        new EvidenceTable(run, "Java heap bytes that a batch allocates, from a pass of its own")
            .texts("case")
            .numbers("trial");
    stages.forEach(stage -> allocated.numbers(stage + " bytes"));
    for (MeasuredTrial trial : MeasuredTrial.of(run)) {
      Optional<Resources> resources = trial.circumstances().flatMap(Circumstances::resources);
      if (resources.isPresent() && !resources.get().allocatedBytes().isEmpty()) {
        List<Cell> cells = trial.row();
        for (String stage : stages) {
          Double bytes = resources.get().allocatedBytes().get(stage);
          cells.add(bytes == null ? Cells.ABSENT : Cells.number(bytes, "%.0f"));
        }
        allocated.row(cells);
      }
    }
    List<Block> blocks = new ArrayList<>(growth.blocks());
    blocks.addAll(allocated.blocks());
    return blocks;
  }

  private static List<Cell> memory(MeasuredTrial trial, Resources resources) {
    Optional<Resources.MemoryGrowth> growth = resources.memory();
    return trial.row(
        Cells.mebibytes(resources.peakRssBytes()),
        Cells.mebibytes(resources.steadyRssBytes()),
        growth.map(g -> Cells.number(g.growthBytes() / MIB, "%.2f")).orElse(Cells.ABSENT),
        growth.map(g -> Cells.number(g.bytesPerBatch(), "%.0f")).orElse(Cells.ABSENT),
        growth.map(g -> Cells.number(g.thresholdBytes() / MIB, "%.2f")).orElse(Cells.ABSENT),
        Cell.of(growth.map(g -> g.leaking() ? "YES" : "no").orElse("not judged")));
  }

  /** Returns the limits of the machine, the class path and the engines' own settings. */
  static List<Block> settings(RunView run) {
    List<Block> blocks = new ArrayList<>();
    Optional<MachineRecord> machine = run.result().environment().machine();
    machine.ifPresent(m -> blocks.add(limits(m)));
    EvidenceTable options =
        new EvidenceTable(run, "The engines' own settings").texts("case", "setting", "value");
    for (int i = 0; i < run.cases().size(); i++) {
      CaseResult one = run.cases().get(i);
      for (Map.Entry<String, String> each : new TreeMap<>(one.key().options()).entrySet()) {
        options.row(Cell.of(run.labels().get(i)), Cell.of(each.getKey()), Cell.of(each.getValue()));
      }
    }
    blocks.addAll(options.blocks());
    return blocks;
  }

  private static Block limits(MachineRecord machine) {
    OptionalDouble cores = machine.host().cpuLimitCores();
    OptionalLong memory = machine.host().memoryLimitBytes();
    return new Block.Table(
        "Limits of the control groups, and the class path",
        List.of(Block.Column.text(""), Block.Column.text("")),
        List.of(
            Row.of(
                List.of(
                    "CPU limit",
                    cores.isPresent()
                        ? String.format(ROOT, "%.2f cores", cores.getAsDouble())
                        : "none")),
            Row.of(
                List.of(
                    "Memory limit",
                    memory.isPresent()
                        ? String.format(ROOT, "%.1f GiB", memory.getAsLong() / (double) (1L << 30))
                        : "none")),
            Row.of(List.of("Jars", String.join(", ", machine.software().jars())))),
        false);
  }
}
