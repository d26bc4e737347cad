package io.stagemark.result;

import io.stagemark.stats.Distribution;
import java.util.List;
import java.util.Optional;

/**
 * What the JVM and the system did while a trial measured, joined by time with the batches it
 * touched. A touched batch is not thereby a slow one, and none is left out of the trial's figures:
 * the times without them are given next to the others.
 *
 * @param causes by kind: GC pauses, safepoints (GC pauses included), compilations; and, dated to
 *     within 20 ms and where the system reports them, CPU steal of the machine, preemptions and
 *     page faults of the measuring threads
 * @param clockErrorNanos how far an event's time may be off the batches' clock, in nanoseconds;
 *     intervals are widened by as much
 * @param touched batches that at least one of them touched, page faults apart: those are mostly a
 *     batch's own doing
 * @param untouched total times of all other batches; empty if there is none
 */
public record Causes(
    List<Cause> causes, long clockErrorNanos, int touched, Optional<Distribution> untouched) {
  public Causes {
    causes = List.copyOf(causes);
  }

  /**
   * One kind.
   *
   * @param name such as {@code gc pause}
   * @param events how many in the measured time
   * @param nanos their sum, in nanoseconds; 0 for page faults, whose time is not known
   * @param longestNanos the longest, in nanoseconds, or the most within 20 ms of what is not dated
   *     singly; 0 for none
   * @param touched batches that overlap one
   * @param untouched total times of the other batches; empty if there is none
   */
  public record Cause(
      String name,
      int events,
      long nanos,
      long longestNanos,
      int touched,
      Optional<Distribution> untouched) {}
}
