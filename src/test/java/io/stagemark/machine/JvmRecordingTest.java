package io.stagemark.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.machine.Interval.EventKind;
import io.stagemark.machine.RecorderClock.ClockPoint;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JvmRecordingTest {
  @TempDir Path folder;

  /** The pause of a collection that is asked for is between the readings around the call. */
  @Test
  void stop_collectionAskedFor_itsPauseLiesWithinTheCall() throws Exception {
    JvmRecording recording = JvmRecording.start();
    recording.mark();
    long before = System.nanoTime();
    System.gc();
    long after = System.nanoTime();
    JvmEvents events = recording.stop(folder.resolve("a.jfr"));

    assertThat(events.clockErrorNanos()).isBetween(0L, 1_000_000L);
    Disturbances seen = Disturbances.of(events, new SystemWatch.SystemEvents(Set.of(), List.of()));
    List<Interval> pauses = seen.of(EventKind.GC_PAUSE, before, after);
    assertThat(pauses).isNotEmpty();
    for (Interval pause : pauses) {
      assertThat(pause.startNanos()).isGreaterThanOrEqualTo(before - events.clockErrorNanos());
      assertThat(pause.endNanos()).isLessThanOrEqualTo(after + events.clockErrorNanos());
      assertThat(pause.nanos()).isPositive();
    }
    // Every pause is a safepoint, which begins before it and ends after it.
    Interval pause = pauses.get(0);
    assertThat(seen.of(EventKind.SAFEPOINT, before, after))
        .anyMatch(s -> s.startNanos() <= pause.startNanos() && s.endNanos() >= pause.endNanos());
    assertThat(events.heap()).hasValueSatisfying(h -> assertThat(h.end()).isGreaterThan(h.start()));
    assertThat(folder.resolve("a.jfr")).doesNotExist();
  }

  @Test
  void clock_recorderThatRunsFast_isStretchedBack() {
    // The recorder's clock shows 1000 ns where Java's shows 990: rate 0.99. Half way is half way.
    RecorderClock clock =
        RecorderClock.through(
            List.of(new ClockPoint(5_000, 100, 20), new ClockPoint(6_000, 1_090, 31)));
    assertThat(clock.javaNanos(Instant.ofEpochSecond(0, 5_500))).isEqualTo(595);
    assertThat(clock.javaNanos(Instant.ofEpochSecond(0, 5_000))).isEqualTo(100);
    // Half the wider of the two, rounded up: ceil(31 / 2).
    assertThat(clock.errorNanos()).isEqualTo(16);
  }

  @Test
  void clock_severalPoints_takesTheSharpestOfEachHalf() {
    RecorderClock clock =
        RecorderClock.through(
            List.of(
                new ClockPoint(1_000, 0, 500),
                new ClockPoint(1_010, 10, 40),
                new ClockPoint(2_000, 1_000, 30),
                new ClockPoint(2_100, 1_100, 900)));
    assertThat(clock.errorNanos()).isEqualTo(20);
    assertThat(clock.javaNanos(Instant.ofEpochSecond(0, 1_505))).isEqualTo(505);
  }

  @Test
  void clock_onePoint_isAShift() {
    RecorderClock clock = RecorderClock.through(List.of(new ClockPoint(1_000_000_007L, 42, 10)));
    assertThat(clock.javaNanos(Instant.ofEpochSecond(1, 107))).isEqualTo(142);
  }
}
