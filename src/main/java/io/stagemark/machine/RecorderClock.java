package io.stagemark.machine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns the recorder's times into those of {@link System#nanoTime}: a straight line through two
 * points where both were read, one before and one after what was measured. Two clocks may run at
 * rates that differ by some millionths; the line takes that out.
 */
final class RecorderClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final ClockPoint first;
  private final ClockPoint last;

  private RecorderClock(ClockPoint first, ClockPoint last) {
    this.first = first;
    this.last = last;
  }

  /**
   * A moment on both clocks.
   *
   * @param recorderNanos the recorder's time, in nanoseconds since 1970
   * @param javaNanos {@link System#nanoTime}
   * @param widthNanos how far apart the readings before and after it were
   */
  record ClockPoint(long recorderNanos, long javaNanos, long widthNanos) {}

  /**
   * Ties the clocks together.
   *
   * @param points at least one, in any order; of the earlier and of the later half the one with the
   *     smallest width counts
   */
  static RecorderClock through(List<ClockPoint> points) {
    if (points.isEmpty()) {
      throw new IllegalArgumentException("clocks are tied by at least one point");
    }
    List<ClockPoint> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingLong(ClockPoint::javaNanos));
    long middle =
        sorted.get(0).javaNanos()
            + (sorted.get(sorted.size() - 1).javaNanos() - sorted.get(0).javaNanos()) / 2;
    Comparator<ClockPoint> width = Comparator.comparingLong(ClockPoint::widthNanos);
    ClockPoint first =
        sorted.stream().filter(p -> p.javaNanos() <= middle).min(width).orElse(sorted.get(0));
    ClockPoint last = sorted.stream().filter(p -> p.javaNanos() > middle).min(width).orElse(first);
    return new RecorderClock(first, last);
  }

  /** Returns the largest error of {@link #javaNanos} between the two points, in nanoseconds. */
  long errorNanos() {
    return (Math.max(first.widthNanos(), last.widthNanos()) + 1) / 2;
  }

  /** Returns the time of {@link System#nanoTime} at a moment of the recorder's clock. */
  long javaNanos(Instant moment) {
    long since = nanos(moment) - first.recorderNanos();
    long span = last.recorderNanos() - first.recorderNanos();
    double rate = span > 0 ? (double) (last.javaNanos() - first.javaNanos()) / span : 1;
    return first.javaNanos() + Math.round(since * rate);
  }

  static long nanos(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), NANOS_PER_SECOND), moment.getNano());
  }
}
