package io.stagemark.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the machine's processors did between two moments, and how much of it was this process.
 *
 * <p>Other processes' share is what the machine was busy less this process's own processor time.
 * The machine counts in ticks of 10 ms, so a share over a second on two cores is good to about 1 %.
 */
public final class LoadWatch {
  /** Below so many ticks of all processors together a share would be mostly rounding. */
  private static final long MIN_TICKS = 20;

  private final SystemFiles files;
  private final Optional<CpuTicks> ticks;
  private final OptionalLong throttled;
  private final long cpuNanos;
  private final long startNanos;

  private LoadWatch(SystemFiles files) {
    this.files = files;
    this.ticks = CpuTicks.read(files);
    this.throttled = throttledNanos(files);
    this.cpuNanos = processCpuNanos();
    this.startNanos = System.nanoTime();
  }

  /** Begins to watch. */
  public static LoadWatch start(SystemFiles files) {
    return new LoadWatch(files);
  }

  /** Returns what happened since the start. */
  public Load stop() {
    long wall = System.nanoTime() - startNanos;
    long own = processCpuNanos() - cpuNanos;
    Optional<CpuTicks> now = CpuTicks.read(files);
    OptionalLong throttledNow = throttledNanos(files);
    Optional<CpuTicks> between =
        ticks.isPresent() && now.isPresent()
            ? Optional.of(now.get().since(ticks.get()))
            : Optional.empty();
    return new Load(
        wall,
        own,
        steal(between),
        elsewhere(between, own),
        throttled.isPresent() && throttledNow.isPresent()
            ? OptionalLong.of(throttledNow.getAsLong() - throttled.getAsLong())
            : OptionalLong.empty());
  }

  /**
   * What the processors did.
   *
   * @param wallNanos length of the time, in nanoseconds
   * @param ownCpuNanos processor time of this process, all threads, in nanoseconds
   * @param stealShare part of the machine's processor time that the hypervisor gave to others, in
   *     [0, 1]
   * @param elsewhereShare part of it that other processes used, in [0, 1]
   * @param throttledNanos time for which the container's processor quota held this process and its
   *     neighbours in the container, in nanoseconds
   */
  public record Load(
      long wallNanos,
      long ownCpuNanos,
      OptionalDouble stealShare,
      OptionalDouble elsewhereShare,
      OptionalLong throttledNanos) {}

  static OptionalDouble steal(Optional<CpuTicks> between) {
    if (between.isEmpty() || between.get().total() < MIN_TICKS) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(share((double) between.get().steal(), between.get().total()));
  }

  static OptionalDouble elsewhere(Optional<CpuTicks> between, long ownCpuNanos) {
    if (between.isEmpty() || between.get().total() < MIN_TICKS) {
      return OptionalDouble.empty();
    }
    double others = between.get().busy() - (double) ownCpuNanos / CpuTicks.NANOS;
    return OptionalDouble.of(share(others, between.get().total()));
  }

  /** The two clocks differ by up to a tick a core, which can put a share just outside. */
  private static double share(double part, long total) {
    return Math.min(1, Math.max(0, part / total));
  }

  /** cgroup v2 counts in µs, v1 in ns; without a quota there is nothing to read, or zero. */
  private static OptionalLong throttledNanos(SystemFiles files) {
    OptionalLong micros = files.fieldNumber("sys/fs/cgroup/cpu.stat", "throttled_usec");
    return micros.isPresent()
        ? OptionalLong.of(micros.getAsLong() * 1000)
        : files.fieldNumber("sys/fs/cgroup/cpu/cpu.stat", "throttled_time");
  }

  private static long processCpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
