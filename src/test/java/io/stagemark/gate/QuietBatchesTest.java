package io.stagemark.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.data.Stage;
import io.stagemark.machine.Interval.EventKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class QuietBatchesTest {
  private static final long SHARED = EventKind.SHARED_CORE.bit();

  private static QuietBatches.Side side(OptionalDouble level, long... bits) {
    long[] times = new long[bits.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = i + 1;
    }
    return new QuietBatches.Side(
        Map.of(Stage.TOTAL, times),
        Optional.of(bits),
        new BlockOutcome(List.of(), List.of(), "12ab", true, Optional.empty(), level),
        Path.of("pair01-baseline.npy"));
  }

  private static QuietBatches.Side side(double level, long... bits) {
    return side(OptionalDouble.of(level), bits);
  }

  private static long[] total(QuietBatches quiet, int side) {
    return quiet.judged().get(side).times().getOrDefault(Stage.TOTAL, new long[0]);
  }

  @Test
  void judged_sharedBatches_areLeftOutOfEverySide() {
    QuietBatches quiet =
        new QuietBatches(List.of(side(100, 0, SHARED, 0, 0), side(101, SHARED, 1, 0, SHARED)), 2);
    assertThat(quiet.leftOut()).isTrue();
    assertThat(total(quiet, 0)).containsExactly(1, 3, 4);
    assertThat(total(quiet, 1)).containsExactly(2, 3); // 1 is another cause, and no reason
    assertThat(side(101, SHARED, 1, 0, SHARED).sharedShare()).isEqualTo(0.5);
  }

  @Test
  void judged_tooFewWouldRemainOnOneSide_keepsAllOfBoth() {
    QuietBatches quiet =
        new QuietBatches(List.of(side(100, 0, SHARED, 0, 0), side(100, SHARED, SHARED, 0, 0)), 3);
    assertThat(quiet.leftOut()).isFalse();
    assertThat(total(quiet, 0)).containsExactly(1, 2, 3, 4);
    assertThat(total(quiet, 1)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void judged_levelsDisagree_keepsAll() {
    QuietBatches quiet = new QuietBatches(List.of(side(100, 0, SHARED), side(111, 0, 0)), 1);
    assertThat(quiet.probed()).isTrue();
    assertThat(quiet.leftOut()).isFalse();
  }

  @Test
  void judged_oneSideTookNoProbe_keepsAll() {
    QuietBatches quiet =
        new QuietBatches(List.of(side(100, 0, SHARED), side(OptionalDouble.empty(), 0, 0)), 1);
    assertThat(quiet.probed()).isFalse();
    assertThat(total(quiet, 0)).containsExactly(1, 2);
  }
}
