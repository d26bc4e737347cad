package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class EnergySegmentTest {

  private static EnergySegment of(double... series) {
    return new EnergySegment(series, 0, series.length, 0);
  }

  // The definition, summed over all pairs.
  private static double divergence(double[] series, int n) {
    int m = series.length - n;
    double between = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < series.length; i++) {
      for (int j = 0; j < i; j++) {
        double distance = Math.abs(series[i] - series[j]);
        between += j < n && i >= n ? distance : 0;
        left += i < n ? distance : 0;
        right += j >= n ? distance : 0;
      }
    }
    double weight = (double) m * n / (m + n);
    return weight * (2 * between / (m * n) - left * 2 / (n * (n - 1)) - right * 2 / (m * (m - 1)));
  }

  @Test
  void divergences_anySeries_areTheDefinition() {
    double[] series = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    double[] q = of(series).divergences();
    for (int n = 2; n <= series.length - 2; n++) {
      assertThat(q[n]).as("first %s", n).isCloseTo(divergence(series, n), within(1e-12));
    }
    assertThat(q[1]).isZero();
    assertThat(q[series.length - 1]).isZero();
  }

  // Distances do not depend on the level, and must not lose digits to it.
  @Test
  void divergences_smallDifferencesOnAHighLevel_areThoseOfTheDifferences() {
    double[] series = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5};
    double[] high = Arrays.stream(series).map(v -> v + 1e15).toArray();
    assertThat(of(high).divergences()).containsExactly(of(series).divergences(), within(1e-12));
  }

  // Three values are the shortest half, on either side.
  @Test
  void bestAt_changeThreeValuesFromAnEnd_isThere() {
    assertThat(of(0, 0, 0, 1, 1, 1, 1, 1, 1).bestAt()).isEqualTo(3);
    assertThat(of(0, 0, 0, 0, 0, 0, 1, 1, 1).bestAt()).isEqualTo(6);
    assertThat(of(0, 0, 1, 1, 1).bestAt()).isEqualTo(-1);
    assertThat(of(0, 0, 1, 1, 1).best()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void bestAt_partOfASeries_isAPlaceOfTheSeries() {
    double[] series = {9, 9, 0, 0, 0, 0, 1, 1, 1, 1, 9};
    EnergySegment part = new EnergySegment(series, 2, 10, 0);
    assertThat(part.from()).isEqualTo(2);
    assertThat(part.to()).isEqualTo(10);
    assertThat(part.bestAt()).isEqualTo(6);
  }

  // 2N²·exp(−q/2R) of four values in a range of 3: 32 of q = 0, 32/e of q = 6.
  @Test
  void bound_valuesInARange_isHoeffdings() {
    EnergySegment segment = of(1, 2, 4, 3);
    assertThat(segment.bound(0)).isEqualTo(32);
    assertThat(segment.bound(6)).isCloseTo(32 / Math.E, within(1e-12));
  }

  // All orders of equal values are the same one: Q̂ is 0 and never above it.
  @Test
  void bound_equalValues_isCertainty() {
    assertThat(of(7, 7, 7, 7).bound(0)).isEqualTo(1);
    assertThat(of(7, 7, 7, 7).bound(1e-9)).isZero();
  }
}
