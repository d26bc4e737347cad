package io.stagemark.trial;

import static java.util.Locale.ROOT;

import io.stagemark.data.Stage;
import io.stagemark.machine.Disturbances;
import io.stagemark.machine.Interval;
import io.stagemark.machine.Interval.EventKind;
import io.stagemark.machine.Overlap;
import io.stagemark.result.Causes;
import io.stagemark.result.Causes.Cause;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Pooled;
import io.stagemark.trial.sample.TrialSamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Joins events of the JVM and the system with the batches that they touched, by time: for one
 * trial, or for several together.
 *
 * <p>A batch has a word of bits: {@link EventKind#bit} is set if an event of that kind touched it.
 * The word is stored next to the batch's times in the samples' file.
 */
public final class CauseJoin {
  private static final EventKind[] KINDS = EventKind.values();

  /** Page faults are mostly a batch's own doing, and some engines have them in every batch. */
  private static final long DISTURBED = ~EventKind.PAGE_FAULT.bit();

  private final Causes causes;
  private final long[] bits;

  private CauseJoin(Causes causes, long[] bits) {
    this.causes = causes;
    this.bits = bits;
  }

  /**
   * Returns the causes of the batches of all streams.
   *
   * @param starts when each batch's total began, on {@link System#nanoTime}, in any order
   * @param totals total times, in nanoseconds
   */
  static CauseJoin of(Disturbances seen, long[] starts, long[] totals) {
    long[] bits = new long[starts.length];
    List<Cause> causes = new ArrayList<>();
    for (EventKind kind : KINDS) {
      if (seen.reported().contains(kind)) {
        List<Interval> intervals = within(seen, kind, starts, totals);
        boolean[] touched = Overlap.touched(starts, totals, intervals, seen.clockErrorNanos());
        for (int i = 0; i < bits.length; i++) {
          bits[i] |= touched[i] ? kind.bit() : 0;
        }
        causes.add(
            new Cause(
                name(kind),
                intervals.stream().mapToInt(Interval::events).sum(),
                intervals.stream().mapToLong(Interval::nanos).sum(),
                intervals.stream().mapToLong(Interval::nanos).max().orElse(0),
                touched(bits, kind.bit()),
                without(totals, bits, kind.bit())));
      }
    }
    return new CauseJoin(
        new Causes(
            causes,
            seen.clockErrorNanos(),
            touched(bits, DISTURBED),
            without(totals, bits, DISTURBED)),
        bits);
  }

  private static String name(EventKind kind) {
    return kind.name().toLowerCase(ROOT).replace('_', ' ');
  }

  /**
   * Returns the causes of several trials' batches together; empty if one of them has none: a case's
   * causes must cover the same batches as its percentiles.
   *
   * @param trials the causes of each, at least one
   * @param samples of the same trials
   */
  public static Optional<Causes> pooled(List<Causes> trials, List<TrialSamples> samples) {
    boolean whole = samples.stream().allMatch(trial -> trial.causeBits().isPresent());
    if (trials.isEmpty() || trials.size() != samples.size() || !whole) {
      return Optional.empty();
    }
    long[] totals = Pooled.of(samples, trial -> trial.stages().get(Stage.TOTAL));
    long[] bits = Pooled.of(samples, trial -> trial.causeBits().orElseThrow());
    List<Cause> causes = new ArrayList<>();
    for (EventKind kind : KINDS) {
      List<Cause> each =
          trials.stream()
              .flatMap(trial -> trial.causes().stream())
              .filter(cause -> cause.name().equals(name(kind)))
              .toList();
      if (each.size() == trials.size()) {
        causes.add(
            new Cause(
                name(kind),
                each.stream().mapToInt(Cause::events).sum(),
                each.stream().mapToLong(Cause::nanos).sum(),
                each.stream().mapToLong(Cause::longestNanos).max().orElseThrow(),
                touched(bits, kind.bit()),
                without(totals, bits, kind.bit())));
      }
    }
    return Optional.of(
        new Causes(
            causes,
            trials.stream().mapToLong(Causes::clockErrorNanos).max().orElseThrow(),
            touched(bits, DISTURBED),
            without(totals, bits, DISTURBED)));
  }

  /** Returns the causes and the times of the batches that they did not touch. */
  Causes causes() {
    return causes;
  }

  /** Returns each batch's word, in the order of the samples. */
  long[] bits() {
    return bits.clone();
  }

  private static List<Interval> within(
      Disturbances seen, EventKind kind, long[] starts, long[] totals) {
    if (starts.length == 0) {
      return List.of();
    }
    long end =
        IntStream.range(0, starts.length).mapToLong(i -> starts[i] + totals[i]).max().orElseThrow();
    return seen.of(kind, Arrays.stream(starts).min().orElseThrow(), end);
  }

  private static int touched(long[] bits, long mask) {
    return (int) Arrays.stream(bits).filter(word -> (word & mask) != 0).count();
  }

  private static Optional<Distribution> without(long[] totals, long[] bits, long mask) {
    long[] others =
        IntStream.range(0, totals.length)
            .filter(i -> (bits[i] & mask) == 0)
            .mapToLong(i -> totals[i])
            .toArray();
    return others.length == 0 ? Optional.empty() : Optional.of(Distribution.of(others));
  }
}
