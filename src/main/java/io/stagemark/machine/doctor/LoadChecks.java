package io.stagemark.machine.doctor;

import static java.util.Locale.ROOT;

import io.stagemark.machine.Canary;
import io.stagemark.machine.LoadWatch.Load;
import io.stagemark.machine.doctor.Check.Verdict;
import java.util.List;
import java.util.OptionalDouble;

/** What else the machine does, seen over some seconds. */
final class LoadChecks {
  private LoadChecks() {}

  /** OK to 0.5 %, WARN to 5 %. */
  static Check steal(Load load) {
    return share(
        "steal",
        load.stealShare(),
        new double[] {0.005, 0.05},
        "time that the hypervisor gives to others is in the batch that it falls into",
        "another time, another instance type, or dedicated cores");
  }

  /** OK to 2 %, WARN to 10 %. */
  static Check elsewhere(Load load) {
    return share(
        "other processes",
        load.elsewhereShare(),
        new double[] {0.02, 0.10},
        "other processes take cores, caches and memory bandwidth",
        "end what else runs (top), then look again");
  }

  private static Check share(
      String name, OptionalDouble share, double[] bounds, String why, String advice) {
    if (share.isEmpty()) {
      return Check.absent(name, "/proc/stat", why);
    }
    return Check.of(
        name,
        Verdict.upTo(share.getAsDouble(), bounds[0], bounds[1]),
        String.format(ROOT, "%.1f %% of the cores' time", 100 * share.getAsDouble()),
        why,
        advice);
  }

  /** OK to half a thread a core. It never makes a machine unfit, since it describes the past. */
  static Check average(double runnable, int cores) {
    String why = "the last minute says whether the quiet just seen is usual";
    if (runnable < 0) {
      return Check.absent("load average", "this system has none", why);
    }
    return Check.of(
        "load average",
        runnable / cores <= 0.5 ? Verdict.OK : Verdict.WARN,
        String.format(ROOT, "%.2f over the last minute, on %d cores", runnable, cores),
        why,
        "wait a minute, or end what else runs");
  }

  /** Spread of the best times: OK to 1 %, WARN to 5 %; they follow the processor's frequency. */
  static Check canary(List<Canary.Times> rounds) {
    long fastest = rounds.stream().mapToLong(Canary.Times::bestNanos).min().orElseThrow();
    long slowest = rounds.stream().mapToLong(Canary.Times::bestNanos).max().orElseThrow();
    double spread = (double) (slowest - fastest) / fastest;
    return Check.of(
        "canary spread",
        Verdict.upTo(spread, 0.01, 0.05),
        String.format(
            ROOT,
            "best of %d rounds %.3f to %.3f ms, %.1f %% apart",
            rounds.size(),
            fastest / 1e6,
            slowest / 1e6,
            100 * spread),
        "a fixed piece of work that takes longer shows heat, frequency or a neighbour's cache",
        "a fixed frequency (governor, turbo), cooling, fewer neighbours");
  }

  /** Median over best: OK to 5 %, WARN to 25 %. */
  static Check jitter(List<Canary.Times> rounds) {
    OptionalDouble worst =
        rounds.stream()
            .mapToDouble(t -> (double) (t.medianNanos() - t.bestNanos()) / t.bestNanos())
            .max();
    return Check.of(
        "canary jitter",
        Verdict.upTo(worst.orElseThrow(), 0.05, 0.25),
        String.format(ROOT, "median %.1f %% above the best", 100 * worst.getAsDouble()),
        "the usual run against an undisturbed one",
        "end what else runs, pin the run to cores of its own");
  }
}
