package io.stagemark.run;

import static java.util.Locale.ROOT;

import io.stagemark.machine.Interval;
import io.stagemark.machine.JvmEvents;
import io.stagemark.machine.Overlap;
import io.stagemark.report.Causes;
import io.stagemark.report.Causes.Cause;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Joins what the JVM did with the batches it touched, by time. */
final class CauseJoin {
  private CauseJoin() {}

  /**
   * Returns the causes of the batches of all streams.
   *
   * @param starts when each batch's total began, on {@link System#nanoTime}, in any order
   * @param totals total times, in nanoseconds
   */
  static Causes of(JvmEvents events, long[] starts, long[] totals) {
    List<Cause> causes = new ArrayList<>();
    boolean[] any = new boolean[starts.length];
    for (Interval.Kind kind : Interval.Kind.values()) {
      List<Interval> intervals = within(events, kind, starts, totals);
      boolean[] touched = Overlap.touched(starts, totals, intervals, events.clockErrorNanos());
      causes.add(
          new Cause(
              kind.name().toLowerCase(ROOT).replace('_', ' '),
              intervals.size(),
              intervals.stream().mapToLong(Interval::nanos).sum(),
              intervals.stream().mapToLong(Interval::nanos).max().orElse(0),
              count(touched),
              without(totals, touched)));
      for (int i = 0; i < any.length; i++) {
        any[i] |= touched[i];
      }
    }
    return new Causes(causes, events.clockErrorNanos(), count(any), without(totals, any));
  }

  private static List<Interval> within(
      JvmEvents events, Interval.Kind kind, long[] starts, long[] totals) {
    if (starts.length == 0) {
      return List.of();
    }
    long end =
        IntStream.range(0, starts.length).mapToLong(i -> starts[i] + totals[i]).max().orElseThrow();
    return events.of(kind, Arrays.stream(starts).min().orElseThrow(), end);
  }

  private static int count(boolean[] flags) {
    return (int) IntStream.range(0, flags.length).filter(i -> flags[i]).count();
  }

  private static Optional<Distribution> without(long[] totals, boolean[] touched) {
    long[] others =
        IntStream.range(0, totals.length)
            .filter(i -> !touched[i])
            .mapToLong(i -> totals[i])
            .toArray();
    return others.length == 0 ? Optional.empty() : Optional.of(Distribution.of(others));
  }
}
