package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SignedRankTest {
  // Depression scores of Hollander and Wolfe (1973), p. 29, before less after: R's example of
  // wilcox.test gives V = 40, p = 0.01953; estimate 0.46, 95 % interval [0.010, 0.786].
  private static final double[] DEPRESSION = {
    1.83 - .878,
    .50 - .647,
    1.62 - .598,
    2.48 - 2.05,
    1.68 - 1.06,
    1.88 - 1.29,
    1.55 - 1.06,
    3.06 - 3.14,
    1.30 - 1.29
  };

  @Test
  void pGreater_hollanderAndWolfe_isThePublishedValue() {
    assertThat(SignedRank.pGreater(DEPRESSION)).isCloseTo(10 / 512.0, within(1e-15));
  }

  @Test
  void interval_hollanderAndWolfe_isThePublishedOne() {
    assertThat(HodgesLehmann.estimate(DEPRESSION)).isCloseTo(0.46, within(1e-12));
    Interval interval = SignedRank.interval(DEPRESSION, 0.05);
    assertThat(interval.low()).isCloseTo(0.010, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.786, within(1e-12));
  }

  // All of n positive has probability 2^-n.
  @Test
  void pGreater_allPositive_isTwoToTheMinusN() {
    assertThat(SignedRank.pGreater(new double[] {1, 2, 3, 4, 5, 6})).isEqualTo(1 / 64.0);
    assertThat(SignedRank.pGreater(new double[] {-1, -2, -3, -4, -5, -6})).isEqualTo(1);
  }

  // |1|, |1|, |2| have ranks 1.5, 1.5, 3; of the 8 sums, 6 and 4.5 (twice) are at least 4.5.
  @Test
  void pGreater_ties_takesMeanRanks() {
    assertThat(SignedRank.pGreater(new double[] {1, -1, 2})).isEqualTo(3 / 8.0);
  }

  @Test
  void pGreater_onlyZeros_isOne() {
    assertThat(SignedRank.pGreater(new double[] {0, 0})).isEqualTo(1);
  }

  // 2^-5 > 0.025: five values have no 95 % interval; six have the range, at 96.9 %.
  @Test
  void interval_tooFewValues_isUnknown() {
    assertThat(SignedRank.interval(new double[] {1, 2, 3, 4, 5}, 0.05)).isEqualTo(Interval.UNKNOWN);
    assertThat(SignedRank.interval(new double[] {1, 2, 3, 4, 5, 6}, 0.05))
        .isEqualTo(new Interval(1, 6));
  }

  @Test
  void pGreater_notANumber_isRefused() {
    assertThatThrownBy(() -> SignedRank.pGreater(new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HodgesLehmann.estimate(new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Walsh averages of 1, 2, 6: 1, 1.5, 2, 3.5, 4, 6.
  @Test
  void hodgesLehmann_threeValues_isTheMedianOfSixAverages() {
    assertThat(HodgesLehmann.estimate(new double[] {6, 1, 2})).isEqualTo(2.75);
  }

  // Ranks 1, 2, 3 without the zero, T⁺ = 1 + 3: of the eight sums 4, 5 and 6 are at least 4.
  @Test
  void pGreater_aZero_isLeftOut() {
    assertThat(SignedRank.pGreater(new double[] {0, 1, -2, 3})).isEqualTo(3 / 8.0);
  }

  // 2^-6 on each side is just allowed at α = 2^-5, and not below it.
  @Test
  void interval_confidenceThatIsJustReached_isTheRange() {
    double[] values = {1, 2, 3, 4, 5, 6};
    assertThat(SignedRank.interval(values, 1 / 32.0)).isEqualTo(new Interval(1, 6));
    assertThat(SignedRank.interval(values, 0.0312)).isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void interval_alphaOutsideOfZeroToOne_isRefused() {
    for (double alpha : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> SignedRank.interval(new double[] {1}, alpha))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("alpha must be in (0, 1)");
    }
  }

  @Test
  void pGreater_moreThanTwoHundredValues_isRefused() {
    double[] values = new double[201];
    Arrays.setAll(values, i -> i + 1.0);
    assertThat(SignedRank.pGreater(Arrays.copyOf(values, 200))).isEqualTo(Math.scalb(1.0, -200));
    assertThatThrownBy(() -> SignedRank.pGreater(values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 200 values, got 201");
  }
}
