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

  // 12 of mean 2, 18 of mean 5 and 11 of 9 (each Σ(v − own)² = 8, 12 and 0), N = 41, mean
  // (24 + 90 + 99)/41 = 213/41. MSW = 20/38, n0 = (41 − (144 + 324 + 121)/41)/2.
  @Test
  void of_trialsOfDifferentLength_weighsThemByTheirLength() {
    long[] fives = new long[18];
    Arrays.fill(fives, 5);
    Arrays.fill(fives, 0, 6, 4);
    Arrays.fill(fives, 12, 18, 6);
    long[] nines = new long[11];
    Arrays.fill(nines, 9);

    TrialVariance found = TrialVariance.of(List.of(trial(0), fives, nines)).orElseThrow();

    double mean = 213.0 / 41;
    double between =
        12 * Math.pow(2 - mean, 2) + 18 * Math.pow(5 - mean, 2) + 11 * Math.pow(9 - mean, 2);
    double weight = (41 - 589.0 / 41) / 2;
    assertThat(found.withinNanos()).isCloseTo(Math.sqrt(20.0 / 38), within(1e-12));
    assertThat(found.betweenNanos())
        .isCloseTo(Math.sqrt((between / 2 - 20.0 / 38) / weight), within(1e-12));
  }

  // Batches of three seconds that differ by nanoseconds: the level must not cost the digits of the
  // variance, also where the mean is a number that no double holds.
  @Test
  void of_smallDifferencesOnAHighLevel_haveTheVarianceOfTheDifferences() {
    long[] first = Arrays.copyOf(trial(0), 13);
    long[] second = Arrays.copyOf(trial(1), 14);
    long level = 3_000_000_001L;

    TrialVariance low = TrialVariance.of(List.of(first, second)).orElseThrow();
    TrialVariance high =
        TrialVariance.of(
                List.of(
                    Arrays.stream(first).map(v -> v + level).toArray(),
                    Arrays.stream(second).map(v -> v + level).toArray()))
            .orElseThrow();

    assertThat(high.withinNanos()).isCloseTo(low.withinNanos(), within(1e-6));
    assertThat(high.betweenNanos()).isCloseTo(low.betweenNanos(), within(1e-6));
  }

  @Test
  void of_samplesInAnyOrder_haveTheMedianOfTheSorted() {
    long[] mixed = {9, 1, 8, 2, 7, 3, 6, 4, 5, 11, 10};
    TrialVariance found = TrialVariance.of(List.of(mixed, mixed)).orElseThrow();
    assertThat(found.lowestMedianNanos()).isEqualTo(6);
    assertThat(found.highestMedianNanos()).isEqualTo(6);
  }

  @Test
  void medianRange_lowestOfZero_isAbsent() {
    assertThat(TrialVariance.of(List.of(new long[11], trial(0))).orElseThrow().medianRange())
        .isEmpty();
  }
}
