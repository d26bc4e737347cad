package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EDivisiveLongSeriesTest {
  private static double[] noise(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.doubles(length).map(u -> 0.03 * (u - 0.5)).toArray();
  }

  /** Q̂ as it is defined: three sums over pairs. */
  private static double[] byDefinition(double[] x) {
    double[] q = new double[x.length];
    for (int n = 2; n <= x.length - 2; n++) {
      int m = x.length - n;
      double between = 0;
      double within = 0;
      double rest = 0;
      for (int i = 0; i < x.length; i++) {
        for (int j = i + 1; j < x.length; j++) {
          double distance = Math.abs(x[i] - x[j]);
          if (j < n) {
            within += distance;
          } else if (i >= n) {
            rest += distance;
          } else {
            between += distance;
          }
        }
      }
      q[n] =
          (double) m
              * n
              / (m + n)
              * (2 * between / ((double) m * n)
                  - 2 * within / ((double) n * (n - 1))
                  - 2 * rest / ((double) m * (m - 1)));
    }
    return q;
  }

  @Test
  void divergences_ranks_areTheDefinition() {
    double[] series = noise(60, 3);
    Arrays.fill(series, 20, 25, 0.01); // ties
    for (int i = 30; i < 60; i++) {
      series[i] += 14;
    }
    assertThat(new EnergySegment(series, 0, 60, 0).divergences())
        .containsExactly(byDefinition(series), within(1e-9));
  }

  // 500,000 permuted evaluations of 10,000² distances would take an hour.
  @Test
  void find_tenThousandRunsWithOneShift_isFoundAtItsRun() {
    double[] series = noise(10_000, 1);
    for (int i = 6000; i < series.length; i++) {
      series[i] += 0.1;
    }
    assertThat(EDivisive.find(series, 0.01)).containsExactly(6000);
  }

  @Test
  void find_tenThousandRunsWithoutAShift_isNone() {
    assertThat(EDivisive.find(noise(10_000, 2), 0.01)).isEmpty();
  }

  // A shift of 2 % of the noise's range is far below what the bound can decide: permutations do.
  @Test
  void find_longSeriesWithAWeakShift_isFoundByPermutation() {
    double[] series = noise(4000, 4);
    for (int i = 2000; i < series.length; i++) {
      series[i] += 0.003;
    }
    EnergySegment whole = new EnergySegment(series, 0, series.length, 0);
    assertThat(whole.bound(whole.best())).isGreaterThan(0.01);
    assertThat(EDivisive.find(series, 0.01))
        .singleElement()
        .satisfies(at -> assertThat(at).isBetween(1800, 2200));
  }

  // The bound is one: of 500 random orders of a small segment no part exceeds it.
  @Test
  void bound_randomOrders_isNeverBelowTheShareThatReachesIt() {
    double[] series = noise(50, 5);
    int draws = 500;
    EnergySegment segment = new EnergySegment(series, 0, series.length, draws);
    SplittableRandom random = new SplittableRandom(6);
    double[] drawn = new double[draws];
    Arrays.setAll(drawn, i -> segment.drawn(i, random));
    Arrays.sort(drawn);
    for (int i = 0; i < draws; i++) {
      assertThat(segment.bound(drawn[i])).isGreaterThanOrEqualTo((double) (draws - i) / draws);
    }
  }
}
