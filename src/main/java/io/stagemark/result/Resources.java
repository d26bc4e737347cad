package io.stagemark.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a trial took of the machine. What the system does not report is absent.
 *
 * @param thread what the kernel counted for the measuring thread while it measured; under load for
 *     the streams' threads together, their waiting for arrivals among it
 * @param peakRssBytes the most physical memory the process ever had, in bytes
 * @param steadyRssBytes its physical memory in the second half of the measured time (median)
 * @param memory growth of physical memory outside the Java heap
 * @param allocatedBytes Java heap bytes that a batch allocates on the measuring thread, by stage,
 *     from a pass of its own after the measured one
 */
public record Resources(
    Optional<ThreadActivity> thread,
    OptionalLong peakRssBytes,
    OptionalLong steadyRssBytes,
    Optional<MemoryGrowth> memory,
    Map<String, Double> allocatedBytes) {

  /**
   * Counts of the measuring threads.
   *
   * @param voluntarySwitches times it gave up its core to wait
   * @param involuntarySwitches times its core was taken from it
   * @param minorFaults page faults without a disk
   * @param majorFaults page faults that waited for a disk
   * @param waitingNanos time it was ready to run and had no core, in nanoseconds
   */
  public record ThreadActivity(
      OptionalLong voluntarySwitches,
      OptionalLong involuntarySwitches,
      OptionalLong minorFaults,
      OptionalLong majorFaults,
      OptionalLong waitingNanos) {}

  /**
   * The leak check.
   *
   * @param growthBytes physical memory outside the Java heap and its direct buffers, from the first
   *     measured batch to the last, in bytes; may be negative
   * @param bytesPerBatch the same for a batch
   * @param thresholdBytes growth up to this is called none: 8 MiB or 2 % of what there was
   * @param leaking whether it grew by more, at least a quarter of it in the second half
   * @param courseBytes physical memory of the whole process, in bytes, evenly spaced over the
   *     measured time, at most 100 readings; empty in older files
   */
  public record MemoryGrowth(
      long growthBytes,
      double bytesPerBatch,
      long thresholdBytes,
      boolean leaking,
      List<Long> courseBytes) {
    public MemoryGrowth {
      courseBytes = courseBytes == null ? List.of() : List.copyOf(courseBytes);
    }
  }
}
