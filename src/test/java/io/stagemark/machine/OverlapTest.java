package io.stagemark.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagemark.machine.Interval.EventKind;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class OverlapTest {
  // Three batches: 100 to 150, 160 to 200, 300 to 310.
  private static final long[] STARTS = {100, 160, 300};
  private static final long[] LENGTHS = {50, 40, 10};

  @Test
  void touched_intervalInsideABatch_touchesItAlone() {
    assertThat(touched(170, 180, 0)).containsExactly(false, true, false);
  }

  @Test
  void touched_intervalBetweenBatches_touchesNone() {
    assertThat(touched(151, 159, 0)).containsExactly(false, false, false);
    assertThat(touched(0, 99, 0)).containsExactly(false, false, false);
    assertThat(touched(311, 999, 0)).containsExactly(false, false, false);
  }

  @Test
  void touched_endsThatMeet_touch() {
    assertThat(touched(150, 160, 0)).containsExactly(true, true, false);
  }

  @Test
  void touched_longInterval_touchesEveryBatchInIt() {
    assertThat(touched(120, 305, 0)).containsExactly(true, true, true);
  }

  @Test
  void touched_clockError_widensTheInterval() {
    assertThat(touched(152, 158, 1)).containsExactly(false, false, false);
    assertThat(touched(152, 158, 2)).containsExactly(true, true, false);
  }

  @Test
  void touched_unequalLengths_isRefused() {
    assertThatThrownBy(() -> Overlap.touched(STARTS, new long[1], List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 starts, but 1 lengths");
  }

  /** The definition: a batch is touched if it and an interval have a moment in common. */
  @Property(tries = 200)
  void touched_anyBatchesAndIntervals_isTheDefinition(
      @ForAll long seed,
      @ForAll @IntRange(max = 30) int batches,
      @ForAll @IntRange(max = 8) int n) {
    Random random = new Random(seed);
    long[] starts = new long[batches];
    long[] lengths = new long[batches];
    for (int i = 0; i < batches; i++) {
      starts[i] = random.nextInt(400);
      lengths[i] = random.nextInt(random.nextInt(10) == 0 ? 200 : 20);
    }
    List<Interval> intervals =
        random
            .longs(n, -5, 400)
            .mapToObj(from -> new Interval(EventKind.SAFEPOINT, from, from + random.nextInt(30)))
            .toList();
    boolean[] touched = Overlap.touched(starts, lengths, intervals, 1);
    for (int i = 0; i < batches; i++) {
      long start = starts[i];
      long end = starts[i] + lengths[i];
      assertThat(touched[i])
          .isEqualTo(
              intervals.stream()
                  .anyMatch(v -> v.startNanos() - 1 <= end && v.endNanos() + 1 >= start));
    }
  }

  private static boolean[] touched(long from, long to, long error) {
    return Overlap.touched(
        STARTS, LENGTHS, List.of(new Interval(EventKind.GC_PAUSE, from, to)), error);
  }
}
