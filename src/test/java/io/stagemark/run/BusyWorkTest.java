package io.stagemark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BusyWorkTest {
  private static long median(BusyWork work) {
    long[] nanos = new long[501];
    for (int i = 0; i < nanos.length; i++) {
      work.run();
      nanos[i] = work.lastNanos();
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  @Test
  void run_nothingAsked_doesNothing() {
    BusyWork work = new BusyWork();
    work.scale(1e9, 0);
    work.run();
    assertThat(work.lastNanos()).isLessThan(1_000_000);
  }

  /** Wide bounds: the machine may be busy. A loop that a compiler left out would take nothing. */
  @Test
  void scale_tenTimesTheWork_takesLonger() {
    BusyWork work = new BusyWork();
    work.last(50_000);
    long once = median(work);
    work.scale(10, 1);
    assertThat(median(work)).isGreaterThan(3 * once);
    assertThat(once).isGreaterThan(10_000);
  }
}
