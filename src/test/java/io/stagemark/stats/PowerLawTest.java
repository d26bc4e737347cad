package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  // Residuals of (1, 1), (2, 2), (4, 16) from exponent 2, in powers of two: 0, −1, 0; median 0.
  @Test
  void fit_threePoints_takesTheFactorFromTheMedianResidual() {
    PowerLaw law = PowerLaw.fit(new double[] {1, 2, 4}, new double[] {1, 2, 16}).orElseThrow();
    assertThat(law.factor()).isCloseTo(1, within(1e-12));
  }

  // Ten points: S has a variance of 10·9·25/18 = 125, 1.96·√125 = 21.9; of 45 slopes the interval
  // goes from the 11th, ⌊(45 − 21.9)/2⌋, to the 35th, the 11th from above.
  @Test
  void fit_tenPoints_hasSensIntervalOfSlopes() {
    int[] logs = {0, 5, 3, 16, 7, 27, 9, 14, 41, 19};
    double[] x = new double[10];
    double[] y = new double[10];
    for (int i = 0; i < 10; i++) {
      x[i] = Math.scalb(1.0, i);
      y[i] = Math.scalb(1.0, logs[i]);
    }
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (int j = i + 1; j < 10; j++) {
        slopes.add((logs[j] - logs[i]) / (double) (j - i));
      }
    }
    Collections.sort(slopes);

    PowerLaw law = PowerLaw.fit(x, y).orElseThrow();

    assertThat(law.low()).isCloseTo(slopes.get(11 - 1), within(1e-12));
    assertThat(law.high()).isCloseTo(slopes.get(35 - 1), within(1e-12));
  }

  // Three x, four points each: S has a variance of (12·11·29 − 3·4·3·13)/18 = 186.7, 1.96·√186.7 =
  // 26.8; of 66 − 18 = 48 slopes the interval goes from the 10th to the 39th.
  @Test
  void fit_equalX_narrowsTheVarianceOfKendallsStatistic() {
    int[] logs = {0, 3, 7, 13, 1, 5, 10, 19, 2, 8, 17, 29};
    double[] x = new double[12];
    double[] y = new double[12];
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      x[i] = Math.scalb(1.0, i / 4);
      y[i] = Math.scalb(1.0, logs[i]);
      for (int j = 0; j < i / 4 * 4; j++) {
        slopes.add((logs[i] - logs[j]) / (double) (i / 4 - j / 4));
      }
    }
    Collections.sort(slopes);

    PowerLaw law = PowerLaw.fit(x, y).orElseThrow();

    assertThat(slopes).hasSize(48);
    assertThat(law.low()).isCloseTo(slopes.get(10 - 1), within(1e-12));
    assertThat(law.high()).isCloseTo(slopes.get(39 - 1), within(1e-12));
  }
}
