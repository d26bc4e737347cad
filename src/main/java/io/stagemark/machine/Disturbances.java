package io.stagemark.machine;

import io.stagemark.machine.Interval.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the JVM and the system did while a trial measured, on the clock of {@link System#nanoTime}.
 *
 * @param told the kinds that were looked for: one that is not among them is unknown, not absent
 * @param intervals of these kinds
 * @param clockErrorNanos how far an interval's ends may be off, in nanoseconds
 */
public record Disturbances(Set<Kind> told, List<Interval> intervals, long clockErrorNanos) {
  private static final Set<Kind> OF_THE_JVM =
      EnumSet.of(Kind.GC_PAUSE, Kind.SAFEPOINT, Kind.COMPILATION);

  public Disturbances {
    told = Set.copyOf(told);
    intervals = List.copyOf(intervals);
  }

  /** Returns both together. */
  public static Disturbances of(JvmEvents jvm, SystemWatch.Seen system) {
    Set<Kind> told = EnumSet.copyOf(OF_THE_JVM);
    told.addAll(system.told());
    return new Disturbances(
        told,
        Stream.concat(jvm.intervals().stream(), system.intervals().stream()).toList(),
        jvm.clockErrorNanos());
  }

  /** Returns those of a kind that lie, at least in part, between two moments. */
  public List<Interval> of(Kind kind, long fromNanos, long toNanos) {
    return intervals.stream()
        .filter(i -> i.kind() == kind && i.endNanos() >= fromNanos && i.startNanos() <= toNanos)
        .toList();
  }
}
