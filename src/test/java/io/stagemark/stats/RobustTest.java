package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RobustTest {

  // Sorted, the differences are −2, −1, 1, 3 around 0; the median of their sizes is 1.5.
  @Test
  void noise_fiveValues_workedByHand() {
    assertThat(Robust.noise(new double[] {0, 1, -1, 2, 1}))
        .isCloseTo(1.4826 * 1.5 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void noise_evenRamp_isNone() {
    double[] ramp = new double[40];
    Arrays.setAll(ramp, i -> 3.0 * i);
    assertThat(Robust.noise(ramp)).isZero();
  }

  // Blocks of four on levels 0, 1, 3, 2: neighbours at lags 1 and 2 mostly agree. At lag 4 the
  // differences are 1, 2 and −1, four of each: median 1, deviations 0, 1 and 2. A quarter of the
  // series is the longest lag.
  @Test
  void noise_neighboursThatHangTogether_takesALongerLag() {
    double[] levels = {0, 1, 3, 2};
    double[] blocks = new double[16];
    Arrays.setAll(blocks, i -> levels[i / 4]);
    assertThat(Robust.noise(blocks)).isCloseTo(1.4826 / Math.sqrt(2), within(1e-12));
    assertThat(Robust.noise(Arrays.copyOf(blocks, 15))).isZero();
  }
}
