package io.stagemark.gate;

import io.stagemark.config.CpuAffinity;
import io.stagemark.machine.SystemFiles;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which processors the measuring threads of every side run on, and which are left to the JVMs' own
 * threads: their compilers and collectors work on for seconds after a warm-up, and a scheduler that
 * puts one on the core of the measuring thread stops it for milliseconds. All sides measure on the
 * same processors, so that a neighbour there affects them alike.
 *
 * <p>Linux with {@code taskset}, and a core more than threads that measure; otherwise nothing is
 * pinned, and {@link #text} says why.
 */
final class Pinning {
  /** Beginnings of the names that the JVM gives its own threads; others are left where they are. */
  private static final List<String> JVM_THREADS =
      List.of(
          "C1 Compiler",
          "C2 Compiler",
          "JVMCI",
          "Sweeper",
          "GC Thread",
          "ParGC",
          "G1 ",
          "ZWorker",
          "ZDriver",
          "ZDirector",
          "ZStat",
          "Shenandoah",
          "VM Thread",
          "VM Periodic",
          "Monitor Defl",
          "Service Thread",
          "Notification",
          "Signal Disp",
          "Reference Handl",
          "Finalizer",
          "Common-Cleaner",
          "Attach Listener");

  private final SystemFiles machine;
  private final Optional<Sets> sets;
  private final String text;

  /** Lists of processors, as {@code taskset -c} takes them. */
  private record Sets(String measuring, String others) {}

  private Pinning(SystemFiles machine, Optional<Sets> sets, String text) {
    this.machine = machine;
    this.sets = sets;
    this.text = text;
  }

  /** Returns a pinning that pins nothing. */
  static Pinning none(SystemFiles machine, String why) {
    return new Pinning(machine, Optional.empty(), "not pinned: " + why);
  }

  /**
   * Chooses processors: the last cores measure, since interrupts mostly go to the first.
   *
   * @param allowed processors that may be used, such as {@code 0-3}
   * @param threads that measure
   */
  static Pinning of(SystemFiles machine, String allowed, int threads) {
    Map<String, Set<Integer>> cores = new LinkedHashMap<>();
    for (int cpu : CpuAffinity.parse(allowed)) {
      String siblings =
          machine
              .text("sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list")
              .orElse("cpu" + cpu);
      cores.computeIfAbsent(siblings, key -> new TreeSet<>()).add(cpu);
    }
    if (cores.size() <= threads) {
      return none(
          machine,
          "%s measuring, on %s none is left for the JVMs' own"
              .formatted(counted(threads, "thread"), counted(cores.size(), "core")));
    }
    if (CpuAffinity.taskset().isEmpty()) {
      return none(machine, "there is no command taskset here");
    }
    List<Set<Integer>> all = List.copyOf(cores.values());
    int first = all.size() - threads;
    String measuring =
        all.subList(first, all.size()).stream()
            .map(core -> String.valueOf(core.iterator().next()))
            .collect(Collectors.joining(","));
    String others =
        all.subList(0, first).stream()
            .flatMap(Set::stream)
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    return new Pinning(
        machine,
        Optional.of(new Sets(measuring, others)),
        "measured on processor %s, the JVMs' own threads on %s".formatted(measuring, others));
  }

  /** Returns a description of the pinning, or why nothing is pinned. */
  String text() {
    return text;
  }

  /**
   * Moves the threads of a process that is warm; threads that are started later inherit the
   * processors of their starter.
   *
   * @throws SideFailure if a thread that measures cannot be moved
   */
  void move(long process) throws SideFailure, IOException, InterruptedException {
    if (sets.isEmpty()) {
      return;
    }
    taskset("-apc", sets.get().others(), String.valueOf(process));
    String tasks = "proc/" + process + "/task";
    for (String task : machine.names(tasks)) {
      String name = machine.text(tasks + "/" + task + "/comm").orElse("");
      if (JVM_THREADS.stream().noneMatch(name::startsWith)
          && !taskset("-pc", sets.get().measuring(), task)
          && machine.exists(tasks + "/" + task)) {
        throw new SideFailure(
            "taskset could not move a thread to processor %s; pairs.pin: false leaves them alone"
                .formatted(sets.get().measuring()));
      }
    }
  }

  private static boolean taskset(String how, String cpus, String id)
      throws IOException, InterruptedException {
    return new ProcessBuilder("taskset", how, cpus, id)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static String counted(int count, String what) {
    return count == 1 ? "1 " + what : count + " " + what + "s";
  }
}
