package io.stagemark.machine;

import java.util.Optional;

/**
 * Processor time of the whole machine since it started, from the first line of {@code /proc/stat}
 * (proc(5)), in ticks of 10 ms: the kernel's USER_HZ, 100 on every architecture that a JVM of today
 * runs on.
 *
 * @param busy user, nice, system, interrupts; guests are in user already
 * @param idle idle and waiting for a disk
 * @param steal taken by the hypervisor for others
 */
record CpuTicks(long busy, long idle, long steal) {
  /** Length of a tick. */
  static final long NANOS = 10_000_000;

  private static final int FIELDS = 8;

  /** Returns the times until now; empty where the system does not report them. */
  static Optional<CpuTicks> read(SystemFiles files) {
    return files.text("proc/stat").flatMap(CpuTicks::parse);
  }

  /** Reads {@code cpu user nice system idle iowait irq softirq steal ...}. */
  static Optional<CpuTicks> parse(String stat) {
    String[] words = stat.lines().findFirst().orElse("").strip().split("\\s+", -1);
    if (!words[0].equals("cpu") || words.length <= FIELDS) {
      return Optional.empty();
    }
    long[] ticks = new long[FIELDS];
    for (int i = 0; i < FIELDS; i++) {
      if (!words[i + 1].matches("\\d{1,18}")) {
        return Optional.empty();
      }
      ticks[i] = Long.parseLong(words[i + 1]);
    }
    return Optional.of(
        new CpuTicks(
            ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6], ticks[3] + ticks[4], ticks[7]));
  }

  CpuTicks since(CpuTicks earlier) {
    return new CpuTicks(busy - earlier.busy, idle - earlier.idle, steal - earlier.steal);
  }

  /** All processors together. */
  long total() {
    return busy + idle + steal;
  }
}
