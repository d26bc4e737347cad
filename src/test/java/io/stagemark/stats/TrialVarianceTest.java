package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrialVarianceTest {
  /** Four of 1, four of 2, four of 3, plus {@code shift}. */
  private static long[] trial(long shift) {
    return Arrays.stream(new long[] {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3})
        .map(v -> v + shift)
        .toArray();
  }

  // Means 2 and 12 around 7: SSB = 2·12·25 = 600, MSB = 600/1. SSW = 2·8 = 16, MSW = 16/22 = 8/11.
  // n0 = 24 − 288/24 = 12; between² = (600 − 8/11)/12 = 49.93939...
  @Test
  void of_twoTrialsTenApart_isTheVarianceWorkedByHand() {
    TrialVariance found = TrialVariance.of(List.of(trial(0), trial(10))).orElseThrow();
    assertThat(found.trials()).isEqualTo(2);
    assertThat(found.withinNanos()).isCloseTo(Math.sqrt(8.0 / 11), within(1e-12));
    assertThat(found.betweenNanos()).isCloseTo(Math.sqrt(6592.0 / 132), within(1e-12));
    assertThat(found.intraclass())
        .isCloseTo(6592.0 / 132 / (6592.0 / 132 + 8.0 / 11), within(1e-12));
    assertThat(found.lowestMedianNanos()).isEqualTo(2);
    assertThat(found.highestMedianNanos()).isEqualTo(12);
    assertThat(found.medianRange()).hasValue(5);
  }

  @Test
  void of_equalTrials_haveNoVarianceBetweenThem() {
    TrialVariance found = TrialVariance.of(List.of(trial(0), trial(0), trial(0))).orElseThrow();
    assertThat(found.betweenNanos()).isZero();
    assertThat(found.intraclass()).isZero();
    assertThat(found.medianRange()).hasValue(0);
  }

  @Test
  void of_constantTrialsApart_isAllBetween() {
    long[] ones = new long[11];
    Arrays.fill(ones, 1);
    long[] nines = new long[11];
    Arrays.fill(nines, 9);
    assertThat(TrialVariance.of(List.of(ones, nines)).orElseThrow().intraclass()).isEqualTo(1);
  }

  @Test
  void of_oneTrialOrTooFewSamplesForAMedian_isAbsent() {
    assertThat(TrialVariance.of(List.of(trial(0)))).isEmpty();
    assertThat(TrialVariance.of(List.of(trial(0), new long[10]))).isEmpty();
    assertThat(TrialVariance.of(List.of(trial(0), new long[11]))).isPresent();
  }
}
