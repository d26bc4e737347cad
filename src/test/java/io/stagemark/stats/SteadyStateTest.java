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

  // Steps of 8 % are far smaller than the differences between the examples.
  @Test
  void of_smallStepAmongExamplesOfDifferentCost_isFound() {
    SteadyState step = rotation(43_200, 40_000, 40_000, 40_000);
    assertThat(step.changes()).containsExactly(30);
    assertThat(step.worstShift()).isCloseTo(0.08, within(1e-4));
    assertThat(step.share()).isCloseTo(0.75, within(1e-12));
    assertThat(step.verdict()).isEqualTo(Verdict.NOT_STEADY);
  }

  /** So many examples in turn, each 1 ms dearer than the one before; the first turn is slower. */
  private static SteadyState firstTurnSlower(int examples) {
    long[] nanos = new long[18];
    int[] example = new int[18];
    for (int i = 0; i < 18; i++) {
      example[i] = i % examples;
      nanos[i] = (i < examples ? 3 : 2) * 500_000L * (1 + example[i]);
    }
    return SteadyState.of(nanos, example);
  }

  // Three samples of an example say what is its own; 18 samples of seven examples are fewer.
  @Test
  void of_examplesWithThreeSamplesEach_areComparedWithThemselves() {
    assertThat(firstTurnSlower(6).changes()).containsExactly(6);
    assertThat(firstTurnSlower(6).worstShift()).isCloseTo(0.5, within(1e-9));
    assertThat(firstTurnSlower(7).changes()).isEmpty();
  }

  // 512 points hold 512 samples: the change is where it is, on an odd index too.
  @Test
  void of_asManySamplesAsPoints_areNotThinned() {
    long[] nanos = steps(256, 60_000, 40_000);
    nanos[256] = 60_000;
    assertThat(of(nanos).changes()).containsExactly(257);
  }

  @Test
  void of_longSeries_countsChangesInSamples() {
    assertThat(of(steps(5_000, 60_000, 40_000)).changes()).hasSize(1);
    assertThat(of(steps(5_000, 60_000, 40_000)).changes().get(0)).isBetween(4_980, 5_020);
  }

  @Test
  void of_halfOnEachLevel_isMeasuredAgainstTheFirst() {
    SteadyState found = of(steps(50, 44_000, 40_000));
    assertThat(found.share()).isEqualTo(0.5);
    assertThat(found.worstShift()).isCloseTo(40.0 / 44 - 1, within(1e-9));
  }

  // 90 % of the series on one level are enough: 180 of 200.
  @Test
  void of_burstOfExactlyATenth_isSteady() {
    long[] nanos = steps(200, 40_000);
    Arrays.fill(nanos, 90, 110, 80_000);
    assertThat(of(nanos).share()).isEqualTo(0.9);
    assertThat(of(nanos).verdict()).isEqualTo(Verdict.STEADY);
    Arrays.fill(nanos, 90, 111, 80_000);
    assertThat(of(nanos).verdict()).isEqualTo(Verdict.NOT_STEADY);
  }

  // Each third has both levels: the series comes back each time.
  @Test
  void of_backAndForth_wandersWithinAQuarter() {
    SteadyState found = of(steps(30, 44_000, 40_000, 44_000, 40_000, 44_000, 40_000));
    assertThat(found.verdict()).isEqualTo(Verdict.WANDERS);
    assertThat(found.share()).isEqualTo(0.5);
    assertThat(of(steps(30, 40_000, 52_000, 40_000, 52_000, 40_000, 52_000)).verdict())
        .isEqualTo(Verdict.NOT_STEADY);
  }

  // The medians of the thirds, halfway between both levels, are 6 % apart in the last one.
  @Test
  void of_backAndForthOnARisingLevel_isNotSteady() {
    assertThat(of(steps(30, 44_000, 40_000, 44_000, 40_000, 46_640, 42_400)).verdict())
        .isEqualTo(Verdict.NOT_STEADY);
    assertThat(of(steps(30, 44_000, 40_000, 44_000, 40_000, 45_320, 41_200)).verdict())
        .isEqualTo(Verdict.WANDERS);
  }
}
