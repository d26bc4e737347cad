package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.stats.SteadyState.Verdict;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SteadyStateTest {
  private static SteadyState of(long... nanos) {
    return SteadyState.of(nanos, new int[nanos.length]);
  }

  private static long[] steps(int each, long... levels) {
    return Arrays.stream(levels)
        .flatMap(level -> IntStream.range(0, each).mapToLong(i -> level))
        .toArray();
  }

  @Test
  void of_fifteenSamples_isTooFewAndSixteenAreEnough() {
    assertThat(of(steps(15, 40)).verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(of(steps(16, 40_000)).verdict()).isEqualTo(Verdict.STEADY);
  }

  @Test
  void of_constantSeries_hasOneLevelFromTheFirstSample() {
    SteadyState found = of(steps(100, 40_000));
    assertThat(found.share()).isEqualTo(1);
    assertThat(found.settledFrom()).isZero();
    assertThat(found.worstShift()).isZero();
    assertThat(found.changes()).isEmpty();
  }

  @Test
  void of_stepDownAtAThird_isFoundWhereItIs() {
    SteadyState found = of(steps(50, 60_000, 40_000, 40_000));
    assertThat(found.verdict()).isEqualTo(Verdict.NOT_STEADY);
    assertThat(found.changes()).containsExactly(50);
    assertThat(found.settledFrom()).isEqualTo(50);
    assertThat(found.share()).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(found.worstShift()).isCloseTo(0.5, within(1e-9));
  }

  // 4 % apart is one level (tolerance 5 %), 6 % are two.
  @Test
  void of_stepsOnBothSidesOfTheTolerance_areOneLevelAndTwo() {
    assertThat(of(steps(50, 41_600, 40_000)).verdict()).isEqualTo(Verdict.STEADY);
    assertThat(of(steps(50, 42_400, 40_000)).verdict()).isEqualTo(Verdict.NOT_STEADY);
  }

  @Test
  void of_burst_costsTheVerdictAboveATenthOfTheSeries() {
    long[] short_ = steps(200, 40_000);
    Arrays.fill(short_, 90, 108, 80_000);
    assertThat(of(short_).verdict()).isEqualTo(Verdict.STEADY);
    assertThat(of(short_).worstShift()).isCloseTo(1, within(1e-9));
    assertThat(of(short_).settledFrom()).isZero();
    long[] long_ = steps(200, 40_000);
    Arrays.fill(long_, 90, 125, 80_000);
    assertThat(of(long_).verdict()).isEqualTo(Verdict.NOT_STEADY);
    assertThat(of(long_).settledFrom()).isEqualTo(125);
  }

  /** Three examples that take once, twice and three times as long, in turn. */
  private static SteadyState rotation(long... levels) {
    long[] nanos = new long[levels.length * 30];
    int[] example = new int[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      example[i] = i % 3;
      nanos[i] = levels[i / 30] * (1 + example[i]);
    }
    return SteadyState.of(nanos, example);
  }

  // A pattern of the examples is no change of level, and hides none.
  @Test
  void of_examplesOfDifferentCost_areComparedWithThemselves() {
    assertThat(rotation(40_000, 40_000, 40_000).changes()).isEmpty();
    SteadyState step = rotation(60_000, 40_000, 40_000, 40_000);
    assertThat(step.verdict()).isEqualTo(Verdict.NOT_STEADY);
    assertThat(step.changes()).containsExactly(30);
    assertThat(step.worstShift()).isCloseTo(0.5, within(1e-9));
    // Half and half: the median of an example's times is on one level or the other.
    assertThat(rotation(60_000, 40_000).changes()).containsExactly(30);
  }

  // Ten thousand samples are thinned to points of 20: the step is found to within one of them.
  @Test
  void of_longSeries_placesTheChangeToWithinAPoint() {
    SteadyState found = of(steps(5_000, 60_000, 40_000));
    assertThat(found.settledFrom()).isCloseTo(5_000, within(20));
  }

  @Test
  void of_groupsOfAnotherLength_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SteadyState.of(new long[3], new int[2]))
        .withMessage("a group for each sample: 3 samples, 2 groups");
  }
}
