package io.stagemark.report;

import static java.util.Locale.ROOT;

import io.stagemark.result.CaseResult;
import io.stagemark.result.Circumstances;
import io.stagemark.result.ColdStart;
import io.stagemark.result.Figures;
import io.stagemark.result.MachineReading;
import io.stagemark.result.Resources;
import io.stagemark.result.Resources.MemoryGrowth;
import io.stagemark.result.Resources.ThreadActivity;
import io.stagemark.result.TrialLoad;
import io.stagemark.result.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The circumstances of a case's trials, one row for each trial, in Markdown. */
final class CircumstanceTables {
  private static final double MIB = 1 << 20;

  private CircumstanceTables() {}

  /** Returns the tables of a case; empty if no trial has circumstances. */
  static String of(CaseResult one) {
    List<TrialResult> trials = one.trials();
    String tables =
        machine(trials)
            + CauseTables.markdown(one)
            + processor(trials)
            + memory(trials)
            + allocations(trials)
            + coldStart(trials)
            + loops(trials);
    return tables.isEmpty() ? "" : "\n### Beside the figures\n" + tables;
  }

  private static String machine(List<TrialResult> trials) {
    return table(
        "Machine between the trials (canary: a fixed piece of work on one core, best time) and"
            + " while they measured:",
        List.of(
            "trial",
            "canary before ms",
            "after ms",
            "drift",
            "elsewhere before",
            "elsewhere during",
            "steal during",
            "load average"),
        rows(
            trials,
            c -> c.before().isPresent() && c.after().isPresent(),
            c -> {
              MachineReading before = c.before().orElseThrow();
              MachineReading after = c.after().orElseThrow();
              return List.of(
                  Figures.millis((double) before.canaryBestNanos()),
                  Figures.millis((double) after.canaryBestNanos()),
                  String.format(
                      ROOT,
                      "%+.1f %%",
                      100.0 * after.canaryBestNanos() / before.canaryBestNanos() - 100),
                  percent(before.elsewhereShare()),
                  percent(c.during().map(TrialLoad::elsewhereShare).orElse(OptionalDouble.empty())),
                  percent(c.during().map(TrialLoad::stealShare).orElse(OptionalDouble.empty())),
                  number(before.loadAverage()));
            }));
  }

  private static String processor(List<TrialResult> trials) {
    return table(
        "Processor while measuring; switches, faults and waiting are of the measuring threads:",
        List.of(
            "trial",
            "CPU s",
            "CPU/wall",
            "throttled ms",
            "voluntary switches",
            "involuntary",
            "minor faults",
            "major faults",
            "waiting for a core ms"),
        rows(
            trials,
            c -> c.during().isPresent(),
            c -> {
              TrialLoad load = c.during().orElseThrow();
              Optional<ThreadActivity> thread = c.resources().flatMap(Resources::thread);
              return List.of(
                  String.format(ROOT, "%.2f", load.cpuNanos() / 1e9),
                  String.format(ROOT, "%.2f", load.cpuPerWall()),
                  millis(load.throttledNanos()),
                  count(thread, ThreadActivity::voluntarySwitches),
                  count(thread, ThreadActivity::involuntarySwitches),
                  count(thread, ThreadActivity::minorFaults),
                  count(thread, ThreadActivity::majorFaults),
                  millis(thread.map(ThreadActivity::waitingNanos).orElse(OptionalLong.empty())));
            }));
  }

  private static String memory(List<TrialResult> trials) {
    return table(
        "Physical memory; growth is outside the Java heap, from the first measured batch to the"
            + " last:",
        List.of(
            "trial",
            "peak MiB",
            "steady MiB",
            "growth MiB",
            "bytes/batch",
            "threshold MiB",
            "leak"),
        rows(
            trials,
            c -> c.resources().isPresent(),
            c -> {
              Resources r = c.resources().orElseThrow();
              Optional<MemoryGrowth> growth = r.memory();
              return List.of(
                  mebibytes(r.peakRssBytes()),
                  mebibytes(r.steadyRssBytes()),
                  growth.map(g -> mebibytes(g.growthBytes())).orElse(Figures.ABSENT),
                  growth
                      .map(g -> String.format(ROOT, "%.0f", g.bytesPerBatch()))
                      .orElse(Figures.ABSENT),
                  growth.map(g -> mebibytes(g.thresholdBytes())).orElse(Figures.ABSENT),
                  growth.map(g -> g.leaking() ? "YES" : "no").orElse("not judged"));
            }));
  }

  private static String allocations(List<TrialResult> trials) {
    List<String> stages =
        circumstances(trials)
            .flatMap(c -> c.resources().stream())
            .flatMap(r -> r.allocatedBytes().keySet().stream())
            .distinct()
            .toList();
    if (stages.isEmpty()) {
      return "";
    }
    List<String> head = new ArrayList<>(List.of("trial"));
    head.addAll(stages);
    return table(
        "Java heap bytes a batch by stage, from a pass of its own:",
        head,
        rows(
            trials,
            c -> c.resources().isPresent(),
            c -> {
              Map<String, Double> bytes = c.resources().orElseThrow().allocatedBytes();
              return stages.stream()
                  .map(
                      s ->
                          Optional.ofNullable(bytes.get(s))
                              .map(b -> String.format(ROOT, "%.0f", b))
                              .orElse(Figures.ABSENT))
                  .toList();
            }));
  }

  private static String loops(List<TrialResult> trials) {
    List<String> loops = circumstances(trials).flatMap(c -> c.loops().stream()).distinct().toList();
    return loops.isEmpty() ? "" : "\nLoops of Stagemark: " + String.join("; ", loops) + ".\n";
  }

  private static String coldStart(List<TrialResult> trials) {
    return table(
        "Cold start in ms, from the process to the first result:",
        List.of(
            "trial",
            "JVM",
            "program",
            "engine",
            "model",
            "session",
            "stages",
            "first batch",
            "total",
            "classes"),
        rows(
            trials,
            c -> c.coldStart().isPresent(),
            c -> {
              ColdStart s = c.coldStart().orElseThrow();
              List<String> cells = new ArrayList<>();
              for (long nanos :
                  new long[] {
                    s.jvmNanos(),
                    s.programNanos(),
                    s.engineNanos(),
                    s.modelNanos(),
                    s.sessionNanos(),
                    s.stagesNanos(),
                    s.firstBatchNanos(),
                    s.totalNanos()
                  }) {
                cells.add(String.format(ROOT, "%.0f", nanos / 1e6));
              }
              cells.add(Integer.toString(s.classesLoaded()));
              return cells;
            }));
  }

  private static java.util.stream.Stream<Circumstances> circumstances(List<TrialResult> trials) {
    return trials.stream()
        .flatMap(t -> t.measured().stream())
        .flatMap(m -> m.circumstances().stream());
  }

  private static List<List<String>> rows(
      List<TrialResult> trials,
      Function<Circumstances, Boolean> has,
      Function<Circumstances, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    for (TrialResult trial : trials) {
      trial
          .measured()
          .flatMap(TrialResult.Measured::circumstances)
          .filter(has::apply)
          .ifPresent(
              c -> {
                List<String> row = new ArrayList<>(List.of(Integer.toString(trial.index())));
                row.addAll(cells.apply(c));
                rows.add(row);
              });
    }
    return rows;
  }

  /** Returns a table under a sentence; nothing without rows. */
  static String table(String sentence, List<String> head, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n").append(sentence).append("\n\n");
    text.append(line(head)).append("|---:".repeat(head.size())).append("|\n");
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(ROOT, "%.1f %%", 100 * share.getAsDouble())
        : Figures.ABSENT;
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(ROOT, "%.2f", value.getAsDouble()) : Figures.ABSENT;
  }

  private static String count(
      Optional<ThreadActivity> thread, Function<ThreadActivity, OptionalLong> which) {
    OptionalLong value = thread.map(which).orElse(OptionalLong.empty());
    return value.isPresent() ? Long.toString(value.getAsLong()) : Figures.ABSENT;
  }

  private static String millis(OptionalLong nanos) {
    return nanos.isPresent() ? millis(nanos.getAsLong()) : Figures.ABSENT;
  }

  /** Sums and waits, where zero is a usual figure. */
  static String millis(long nanos) {
    return String.format(ROOT, "%.2f", nanos / 1e6);
  }

  private static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent() ? mebibytes(bytes.getAsLong()) : Figures.ABSENT;
  }

  private static String mebibytes(long bytes) {
    return String.format(ROOT, "%.2f", bytes / MIB);
  }
}
