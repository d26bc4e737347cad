package io.stagemark.result;

import java.util.OptionalDouble;

/**
 * The state of the machine while no trial runs: before the first, between two, after the last. What
 * the system does not report is absent.
 *
 * @param canaryBestNanos best time of a fixed piece of work (a matrix product on one core), in
 *     nanoseconds: it follows the processor's frequency
 * @param canaryMedianNanos its middle time, in nanoseconds: far from the best, something disturbs
 * @param stealShare part of the machine's processor time that the hypervisor gave to others during
 *     the work, in [0, 1]
 * @param elsewhereShare part of it that other processes used, in [0, 1]
 * @param loadAverage the system's load average over the last minute, in runnable threads
 */
public record MachineReading(
    long canaryBestNanos,
    long canaryMedianNanos,
    OptionalDouble stealShare,
    OptionalDouble elsewhereShare,
    OptionalDouble loadAverage) {}
