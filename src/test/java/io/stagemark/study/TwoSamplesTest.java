package io.stagemark.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class TwoSamplesTest {
  // variances 1 and 1, n = 3: t = 3 / sqrt(2/3) = 3.6742, 4 degrees of freedom: p = 0.01066
  @Test
  void welch_shiftOfThree_isTheTextbooks() {
    assertThat(TwoSamples.welch(new double[] {1, 2, 3}, new double[] {4, 5, 6}))
        .isCloseTo(0.01066, within(5e-5));
    assertThat(TwoSamples.welch(new double[] {2, 2}, new double[] {2, 2})).isEqualTo(1);
  }

  // U = 9 of 9, mean 4.5, variance 9 * 7 / 12 = 5.25: z = 1.9640, p = 0.02477
  @Test
  void mannWhitney_noOverlap_isTheTextbooks() {
    assertThat(TwoSamples.mannWhitney(new double[] {1, 2, 3}, new double[] {4, 5, 6}))
        .isCloseTo(0.02477, within(2e-5));
  }

  // all tied: no variance
  @Test
  void mannWhitney_allTheSame_saysNothing() {
    assertThat(TwoSamples.mannWhitney(new double[] {7, 7}, new double[] {7, 7, 7})).isEqualTo(1);
  }

  // ranks 1, 2.5 | 2.5, 4: R2 = 6.5, U = 3.5; ties 2^3 - 2 = 6, variance 4/12 * (5 - 6/12) = 1.5
  @Test
  void mannWhitney_oneTie_correctsTheVariance() {
    assertThat(TwoSamples.mannWhitney(new double[] {1, 2}, new double[] {2, 3}))
        .isCloseTo(0.11034, within(2e-5)); // z = 1.5 / sqrt(1.5) = 1.2247
  }
}
