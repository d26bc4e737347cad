package io.stagemark.machine.doctor;

import static java.util.Locale.ROOT;

import io.stagemark.machine.CgroupLimits;
import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.doctor.Check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Cores, what may be used of them, and what changes their speed. */
final class ProcessorChecks {
  private static final String CPUS = "sys/devices/system/cpu";

  private ProcessorChecks() {}

  static Check cores(int usable) {
    return Check.of(
        "cores",
        usable > 1 ? Verdict.OK : Verdict.WARN,
        usable + (usable == 1 ? " core" : " cores") + " for this process",
        "the JVM compiles and collects on cores of its own while a batch runs",
        "at least two cores, and a thread count below their number");
  }

  /** A quota that is no whole number of cores, or below one, stops every thread in mid-batch. */
  static Check quota(CgroupLimits limits, int usable) {
    String why = "a processor quota stops all threads for the rest of each 100 ms when it is spent";
    if (limits.cores().isEmpty()) {
      return Check.of("cpu quota", Verdict.OK, "no cgroup quota", why, "");
    }
    double cores = limits.cores().getAsDouble();
    return Check.of(
        "cpu quota",
        cores >= usable ? Verdict.OK : Verdict.BAD,
        String.format(ROOT, "%.2f cores of %d", cores, usable),
        why,
        "give the container whole cores (cpuset) in place of a quota (--cpuset-cpus, not --cpus)");
  }

  static Check governor(SystemFiles files) {
    String why = "a governor that follows load changes the frequency while a batch runs";
    Map<String, Long> found =
        files.names(CPUS).stream()
            .filter(name -> name.matches("cpu\\d+"))
            .flatMap(n -> files.text(CPUS + "/" + n + "/cpufreq/scaling_governor").stream())
            .collect(Collectors.groupingBy(g -> g, TreeMap::new, Collectors.counting()));
    if (found.isEmpty()) {
      return Check.absent("governor", "cpu*/cpufreq", why);
    }
    return Check.of(
        "governor",
        found.keySet().equals(java.util.Set.of("performance")) ? Verdict.OK : Verdict.WARN,
        found.entrySet().stream()
            .map(e -> e.getKey() + " on " + e.getValue())
            .collect(Collectors.joining(", ")),
        why,
        "cpupower frequency-set -g performance");
  }

  static Check turbo(SystemFiles files) {
    String why = "turbo frequencies depend on heat and on what other cores do";
    Optional<String> noTurbo = files.text(CPUS + "/intel_pstate/no_turbo");
    Optional<String> boost = files.text(CPUS + "/cpufreq/boost");
    if (noTurbo.isEmpty() && boost.isEmpty()) {
      return Check.absent("turbo", "intel_pstate/no_turbo, cpufreq/boost", why);
    }
    boolean off = noTurbo.map("1"::equals).orElseGet(() -> boost.map("0"::equals).orElse(false));
    return Check.of(
        "turbo",
        off ? Verdict.OK : Verdict.WARN,
        off ? "off" : "on",
        why,
        noTurbo.isPresent()
            ? "echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo"
            : "echo 0 > /sys/devices/system/cpu/cpufreq/boost");
  }

  static Check smt(SystemFiles files, int usable) {
    String why = "two threads of one core share its units: the second adds a fifth, not a whole";
    Optional<String> active = files.text(CPUS + "/smt/active");
    if (active.isEmpty()) {
      return Check.absent("smt", "smt/active", why);
    }
    boolean on = active.get().equals("1");
    return Check.of(
        "smt",
        on ? Verdict.WARN : Verdict.OK,
        on ? "on: " + usable + " threads are fewer cores" : "off, or not visible from here",
        why,
        "at most one thread a core (taskset), or echo off > /sys/devices/system/cpu/smt/control");
  }

  static Check virtualisation(SystemFiles files) {
    String why = "a hypervisor may give the cores to others, and hides frequency and heat";
    Optional<String> flags = files.field("proc/cpuinfo", "flags");
    if (flags.isEmpty()) {
      return Check.absent("virtualisation", "flags in /proc/cpuinfo", why);
    }
    boolean guest = List.of(flags.get().split("\\s+")).contains("hypervisor");
    return Check.of(
        "virtualisation",
        guest ? Verdict.WARN : Verdict.OK,
        guest ? "a virtual machine" : "none seen",
        why,
        "watch steal and the canary, which every report holds; bare metal for the last per cent");
  }
}
