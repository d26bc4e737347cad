package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Series with the change points that another implementation publishes for them, and its Q̂ there:
 * MongoDB's, which its continuous integration runs on (mongodb/signal-processing-algorithms,
 * tests/test_detection.py and tests/test_algorithm_continuity.py, Apache-2.0; p = 0.01).
 */
final class EDivisivePublishedTest {
  /** Twenty numbers each of 1 … 50, 60 … 120 and 150 … 250. */
  private static final double[] THREE_RANGES = {
    41, 18, 23, 3, 32, 11, 40, 13, 29, 48, 47, 35, 18, 21, 6, 2, 23, 3, 4, 7, //
    120, 103, 102, 81, 71, 62, 115, 61, 108, 63, 70, 98, 65, 96, 64, 74, 70, 113, 90, 114, //
    208, 196, 153, 150, 225, 179, 206, 165, 177, 151, 218, 217, 244, 245, 229, 195, 225, 229, 176,
    250
  };

  private static List<Integer> found(double[] series) {
    return EDivisive.find(series, 0.01);
  }

  private static double[] level(int length, double value) {
    double[] series = new double[length];
    Arrays.fill(series, value);
    return series;
  }

  @Test
  void find_threeRanges_areTheirBounds() {
    assertThat(found(THREE_RANGES)).containsExactly(20, 40);
    assertThat(new EnergySegment(THREE_RANGES, 0, 60, 0).divergences()[40])
        .isCloseTo(2848.1169590643276, within(1e-9));
    assertThat(new EnergySegment(THREE_RANGES, 0, 40, 0).divergences()[20])
        .isCloseTo(893.578947368421, within(1e-9));
  }

  @Test
  void find_stepWithAPointBetween_isOnTheSideThatIsNearer() {
    double[] step = level(30, 50);
    Arrays.fill(step, 15, 30, 100);
    assertThat(found(step)).containsExactly(15);
    double[] nearerBelow = step.clone();
    nearerBelow[14] = 74;
    assertThat(found(nearerBelow)).containsExactly(15);
    double[] nearerAbove = step.clone();
    nearerAbove[14] = 76;
    assertThat(found(nearerAbove)).containsExactly(14);
    double[] outlier = step.clone();
    outlier[2] = 100;
    assertThat(found(outlier)).containsExactly(15);
    assertThat(new EnergySegment(outlier, 0, 30, 0).divergences()[15]).isCloseTo(650, within(1e-9));
  }

  // Published as found at 0.01, of 100 permutations. Of 3000 permutations the first split has p =
  // 0.016, by a program of its own: at 0.01 it must not be found, at 0.05 it must.
  @Test
  void find_regressionAndRecovery_areBoth() {
    double[] series = level(45, 50);
    Arrays.fill(series, 15, 30, 100);
    series[2] = 100;
    series[32] = 100;
    assertThat(EDivisive.find(series, 0.05)).containsExactly(15, 33);
    assertThat(new EnergySegment(series, 0, 33, 0).divergences()[15])
        .isCloseTo(544.7415329768271, within(1e-9));
    assertThat(new EnergySegment(series, 0, 45, 0).divergences()[33])
        .isCloseTo(226.6666666666667, within(1e-9));
    assertThat(found(series)).isEmpty();
  }

  @Test
  void find_twoRegressions_areBoth() {
    double[] series = level(45, 50);
    Arrays.fill(series, 15, 30, 100);
    Arrays.fill(series, 30, 45, 150);
    series[2] = 100;
    assertThat(found(series)).containsExactly(15, 30);
    assertThat(new EnergySegment(series, 0, 45, 0).divergences()[30])
        .isCloseTo(1209.1954022988505, within(1e-9));
    assertThat(new EnergySegment(series, 0, 30, 0).divergences()[15]).isCloseTo(650, within(1e-9));
  }

  @Test
  void find_noRegression_isNone() {
    assertThat(found(level(30, 50))).isEmpty();
  }

  // Whole series of Q̂; where a side has one value alone ours is 0, since it has no pairs.
  @Test
  void divergences_threeSteps_areThePublishedValues() {
    double[] series = {1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3};
    double[] published = {
      0,
      0,
      2.2962963,
      3.875,
      5.9047619,
      4.33333333,
      3.6,
      3.41666667,
      3.80952381,
      5.25,
      3.11111111,
      0
    };
    assertThat(new EnergySegment(series, 0, 12, 0).divergences())
        .containsExactly(published, within(5e-9));
  }
}
