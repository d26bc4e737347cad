package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerLawTest {

  // 3·x²: every slope between logarithms is 2
  @Test
  void fit_exactSquares_hasTheExponentAndNoWidth() {
    PowerLaw law =
        PowerLaw.fit(new double[] {1, 2, 4, 8}, new double[] {3, 12, 48, 192}).orElseThrow();
    assertThat(law.exponent()).isCloseTo(2, within(1e-12));
    assertThat(law.low()).isCloseTo(2, within(1e-12));
    assertThat(law.high()).isCloseTo(2, within(1e-12));
    assertThat(law.factor()).isCloseTo(3, within(1e-12));
    assertThat(law.factor() * Math.pow(10, law.exponent())).isCloseTo(300, within(1e-9));
    assertThat(law.points()).isEqualTo(4);
  }

  // slopes of the logarithms to base 2 of (1, 1), (2, 2), (4, 16): 1, 2, 3; the median is 2. With
  // three points S has a standard deviation of sqrt(3·2·11/18) = 1.9: the interval has all slopes
  @Test
  void fit_threePoints_isTheMedianSlope() {
    PowerLaw law = PowerLaw.fit(new double[] {1, 2, 4}, new double[] {1, 2, 16}).orElseThrow();
    assertThat(law.exponent()).isCloseTo(2, within(1e-12));
    assertThat(law.low()).isCloseTo(1, within(1e-12));
    assertThat(law.high()).isCloseTo(3, within(1e-12));
  }

  @Test
  void fit_oneWildPointOfTen_staysNearTheOthers() {
    double[] x = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
    double[] y = {1, 2, 4, 8, 16_000, 32, 64, 128, 256, 512};
    assertThat(PowerLaw.fit(x, y).orElseThrow().exponent()).isCloseTo(1, within(1e-9));
  }

  // 35 points with 10 % noise: the interval holds the truth in about 95 of 100 draws; five standard
  // deviations of that are 11
  @Test
  void fit_noisyPoints_coverTheTruth() {
    Random random = new Random(8);
    int covered = 0;
    for (int draw = 0; draw < 200; draw++) {
      double[] x = new double[35];
      double[] y = new double[35];
      for (int i = 0; i < 35; i++) {
        x[i] = 100 * Math.pow(2.5, i / 5);
        y[i] = Math.pow(x[i], 1.3) * Math.exp(.1 * random.nextGaussian());
      }
      PowerLaw law = PowerLaw.fit(x, y).orElseThrow();
      covered += law.low() <= 1.3 && 1.3 <= law.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(174, 200);
  }

  @Test
  void fit_tooFewOrOneX_isEmptyAndBadPointsAreRefused() {
    assertThat(PowerLaw.fit(new double[] {1, 2}, new double[] {1, 2})).isEmpty();
    assertThat(PowerLaw.fit(new double[] {3, 3, 3}, new double[] {1, 2, 3})).isEmpty();
    assertThatThrownBy(() -> PowerLaw.fit(new double[] {1, 0, 2}, new double[] {1, 2, 3}))
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> PowerLaw.fit(new double[] {1, 2}, new double[] {1}))
        .hasMessageContaining("as many");
  }
}
