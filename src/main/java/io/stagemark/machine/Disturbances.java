package io.stagemark.machine;

import io.stagemark.machine.Interval.EventKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the JVM and the system did while a trial measured, on the clock of {@link System#nanoTime}.
 *
 * @param reported the kinds that were looked for: one that is not among them is unknown, not absent
 * @param intervals of these kinds
 * @param clockErrorNanos how far an interval's ends may be off, in nanoseconds
 */
public record Disturbances(
    Set<EventKind> reported, List<Interval> intervals, long clockErrorNanos) {
  private static final Set<EventKind> OF_THE_JVM =
      EnumSet.of(EventKind.GC_PAUSE, EventKind.SAFEPOINT, EventKind.COMPILATION);

  public Disturbances {
    reported = Set.copyOf(reported);
    intervals = List.copyOf(intervals);
  }

  /** Returns both together. */
  public static Disturbances of(JvmEvents jvm, SystemWatch.SystemEvents system) {
    Set<EventKind> reported = EnumSet.copyOf(OF_THE_JVM);
    reported.addAll(system.reported());
    return new Disturbances(
        reported,
        Stream.concat(jvm.intervals().stream(), system.intervals().stream()).toList(),
        jvm.clockErrorNanos());
  }

  /** Returns the intervals of a kind that overlap the time between two moments. */
  public List<Interval> of(EventKind kind, long fromNanos, long toNanos) {
    return intervals.stream()
        .filter(i -> i.kind() == kind && i.endNanos() >= fromNanos && i.startNanos() <= toNanos)
        .toList();
  }
}
