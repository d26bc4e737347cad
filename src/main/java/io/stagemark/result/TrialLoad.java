package io.stagemark.result;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the machine's processors did while a trial measured. What the system does not report is
 * absent.
 *
 * @param wallNanos from the first measured batch to the last, in nanoseconds
 * @param cpuNanos processor time of the trial's process, all threads, in nanoseconds
 * @param stealShare part of the machine's processor time that the hypervisor gave to others, in [0,
 *     1]
 * @param elsewhereShare part of it that other processes used, in [0, 1]
 * @param throttledNanos time for which the container's processor quota held its processes, in
 *     nanoseconds
 */
public record TrialLoad(
    long wallNanos,
    long cpuNanos,
    OptionalDouble stealShare,
    OptionalDouble elsewhereShare,
    OptionalLong throttledNanos) {

  /** Returns processor time over wall time: the cores that the trial kept busy on average. */
  public double cpuPerWall() {
    return wallNanos > 0 ? (double) cpuNanos / wallNanos : 0;
  }
}
