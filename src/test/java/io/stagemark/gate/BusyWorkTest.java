package io.stagemark.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Wide bounds: the machine may be busy. A loop that a compiler left out would take nothing. */
final class BusyWorkTest {
  private static long median(BusyWork work, long stageNanos) {
    long[] nanos = new long[501];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      work.run(stageNanos);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  @Test
  void adjust_nothingAsked_staysNothing() {
    BusyWork work = new BusyWork();
    median(work, 1_000);
    work.adjust(1e6);
    assertThat(median(work, 1_000)).isLessThan(1_000_000);
  }

  @Test
  void adjust_afterAStageThatTook_isItsShare() {
    BusyWork work = new BusyWork();
    work.last(50_000);
    assertThat(median(work, 10_000_000)).isGreaterThan(10_000);
    work.adjust(0.1);
    long once = median(work, 10_000_000);
    assertThat(once).isBetween(300_000L, 3_000_000L);
  }

  @Test
  void adjust_fewerThanTwentyTimes_learnsNothing() {
    BusyWork work = new BusyWork();
    work.last(50_000);
    for (int i = 0; i < 19; i++) {
      work.run(1);
    }
    work.adjust(1e-9);
    assertThat(median(work, 1)).isGreaterThan(10_000);
  }
}
