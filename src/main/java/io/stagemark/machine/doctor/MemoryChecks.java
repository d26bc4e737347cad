package io.stagemark.machine.doctor;

import static java.util.Locale.ROOT;

import io.stagemark.machine.CgroupLimits;
import io.stagemark.machine.SystemFiles;
import io.stagemark.machine.doctor.Check.Verdict;
import java.util.OptionalLong;

/** Memory, and what happens when there is too little. */
final class MemoryChecks {
  private static final String INFO = "proc/meminfo";
  private static final double GIB = 1 << 30;

  private MemoryChecks() {}

  /** A trial's heap (2 GiB by default) and its natives need about 4 GiB; below 2 GiB it dies. */
  static Check free(SystemFiles files, CgroupLimits limits) {
    String why = "a trial takes its heap (2 GiB by default) and the engine's memory on top";
    OptionalLong available = kib(files, "MemAvailable");
    if (available.isEmpty()) {
      return Check.absent("memory", "MemAvailable in /" + INFO, why);
    }
    double usable =
        Math.min(available.getAsLong(), limits.memoryBytes().orElse(Long.MAX_VALUE)) / GIB;
    return Check.of(
        "memory",
        Verdict.upTo(-usable, -4, -2),
        String.format(
            ROOT,
            "%.1f GiB available%s",
            available.getAsLong() / GIB,
            limits.memoryBytes().isPresent()
                ? String.format(
                    ROOT, ", cgroup limit %.1f GiB", limits.memoryBytes().getAsLong() / GIB)
                : ", no cgroup limit"),
        why,
        "--set measure.heapMiB=512, or a larger machine or limit");
  }

  static Check swap(SystemFiles files) {
    String why = "memory that was swapped out comes back from a disk in the middle of a batch";
    OptionalLong total = kib(files, "SwapTotal");
    OptionalLong free = kib(files, "SwapFree");
    if (total.isEmpty() || free.isEmpty()) {
      return Check.absent("swap", "SwapTotal in /" + INFO, why);
    }
    long used = total.getAsLong() - free.getAsLong();
    return Check.of(
        "swap",
        used > 0 ? Verdict.WARN : Verdict.OK,
        total.getAsLong() == 0
            ? "none"
            : String.format(ROOT, "%.1f of %.1f GiB used", used / GIB, total.getAsLong() / GIB),
        why,
        "swapoff -a, or sysctl vm.swappiness=1");
  }

  private static OptionalLong kib(SystemFiles files, String key) {
    OptionalLong kib = files.fieldNumber(INFO, key);
    return kib.isPresent() ? OptionalLong.of(kib.getAsLong() * 1024) : OptionalLong.empty();
  }
}
