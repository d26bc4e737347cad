package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClusterBootstrapTest {

  // Of 0, 0, 0 and 4 two are drawn: means 0, 1 (twice) and 4, a quarter each. Both ends are further
  // away from the mean, 1, by √2.
  @Test
  void mean_twoClustersOfDifferentSize_workedByHand() {
    Interval interval = ClusterBootstrap.mean(List.of(new double[3], new double[] {4}), 0.05);
    assertThat(interval.low()).isCloseTo(1 - Math.sqrt(2), within(1e-12));
    assertThat(interval.high()).isCloseTo(1 + 3 * Math.sqrt(2), within(1e-12));
  }

  // With 60 % outside, both ends are in the middle half, whose mean is 1.
  @Test
  void mean_largeAlpha_isNarrow() {
    assertThat(ClusterBootstrap.mean(List.of(new double[3], new double[] {4}), 0.6))
        .isEqualTo(new Interval(1, 1));
  }

  @Test
  void mean_oneCluster_isUnknown() {
    assertThat(ClusterBootstrap.mean(List.of(new double[] {1, 2, 3}), 0.05))
        .isEqualTo(Interval.UNKNOWN);
    assertThat(ClusterBootstrap.mean(List.of(), 0.05)).isEqualTo(Interval.UNKNOWN);
  }

  // A draw of empty clusters alone has no mean and counts as the mean of all.
  @Test
  void mean_emptyCluster_addsNothing() {
    assertThat(ClusterBootstrap.mean(List.of(new double[0], new double[] {3, 5}), 0.05))
        .isEqualTo(new Interval(4, 4));
  }

  // Fifty values of one cluster each: the normal interval of the mean, 1.96 · s/√50 on each side.
  @Test
  void mean_manyClusters_isNearTheNormalInterval() {
    SplittableRandom random = new SplittableRandom(5);
    double[] values = IntStream.range(0, 50).mapToDouble(i -> random.nextDouble()).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double half = 1.96 * Math.sqrt(squares / 49 / 50);

    Interval interval =
        ClusterBootstrap.mean(Arrays.stream(values).mapToObj(v -> new double[] {v}).toList(), 0.05);

    assertThat(interval.low()).isCloseTo(mean - half, within(0.12 * half));
    assertThat(interval.high()).isCloseTo(mean + half, within(0.12 * half));
  }
}
