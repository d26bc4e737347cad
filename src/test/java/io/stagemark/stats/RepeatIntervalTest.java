package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.stats.RepeatInterval.Rating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatIntervalTest {
  /** t(0.975) with 2 degrees of freedom, from tables. */
  private static final double T2 = 4.302653;

  private static long[] constant(long nanos, int batches) {
    long[] times = new long[batches];
    Arrays.fill(times, nanos);
    return times;
  }

  // ln 100, ln 110, ln 121 are ln 1.1 apart: s = ln 1.1, half-width T2 · ln 1.1 / √3 = 0.236768,
  // e^0.236768 = 1.267147. The pooled median of equal counts is 110.
  @Test
  void ofPercentile_threeLevelTrials_isStudentsIntervalOfLogarithms() {
    List<long[]> trials =
        List.of(constant(100_000, 40), constant(110_000, 40), constant(121_000, 40));

    RepeatInterval interval = new TrialTimes(trials).percentile(50);

    assertThat(interval.value()).isEqualTo(110_000);
    double factor = Math.exp(T2 * Math.log(1.1) / Math.sqrt(3));
    assertThat(interval.high()).isCloseTo(110_000 * factor, within(1.0));
    assertThat(interval.low()).isCloseTo(110_000 / factor, within(1.0));
    assertThat(interval.halfWidth()).isCloseTo(0.267147, within(1e-5));
    assertThat(interval.rating()).isEqualTo(Rating.COARSE);
  }

  // Trials alike to the bit: the levels of the blocks within them are all that is left. Each trial
  // has 20 blocks of 2 batches, of which 5 blocks are of 200 and 15 of 100: the shares at or below
  // 100 are 1 or 0, s² = 20 · 0.75 · 0.25 / 19, the error of the three is √(s²/20/3) = 0.057354 and
  // t(57) = 2.002465, so the p50 is between p38.5 and p61.5: both 100. The p70 reaches p81.5: 200.
  @Test
  void ofPercentile_trialsAlike_isAsWideAsTheirBlocks() {
    long[] trial = constant(100, 40);
    for (int block = 0; block < 20; block += 4) {
      trial[2 * block] = 200;
      trial[2 * block + 1] = 200;
    }
    List<long[]> trials = List.of(trial, trial.clone(), trial.clone());

    assertThat(new TrialTimes(trials).percentile(50))
        .isEqualTo(new RepeatInterval(100, 100, 100, 3));
    assertThat(new TrialTimes(trials).percentile(70))
        .isEqualTo(new RepeatInterval(100, 100, 200, 3));
  }

  // The same blocks: mean 125, of blocks s² = 20 · 0.1875 · 100² / 19, error 5.7354, times t(57).
  @Test
  void ofMean_trialsAlike_isAsWideAsTheirBlocks() {
    long[] trial = constant(100, 40);
    for (int block = 0; block < 20; block += 4) {
      trial[2 * block] = 200;
      trial[2 * block + 1] = 200;
    }

    RepeatInterval interval = new TrialTimes(List.of(trial, trial.clone(), trial.clone())).mean();

    assertThat(interval.value()).isEqualTo(125);
    assertThat(interval.high()).isCloseTo(125 + 2.002465 * 5.7354, within(0.01));
    assertThat(interval.low()).isCloseTo(125 - 2.002465 * 5.7354, within(0.01));
  }

  @Test
  void ofPercentile_oneTrial_isUnratedAndOfItsBatchesAlone() {
    RepeatInterval interval = new TrialTimes(List.of(constant(100, 30))).percentile(50);

    assertThat(interval.halfWidth()).isZero();
    assertThat(interval.rating()).isEqualTo(Rating.UNRATED);
  }

  @Test
  void ofFigures_aFigureOfZero_isTheRange() {
    assertThat(RepeatInterval.ofFigures(5, new double[] {0, 4, 9}))
        .isEqualTo(new RepeatInterval(5, 0, 9, 3));
  }

  @Test
  void ofPercentile_oneBatchATrial_hasNoBlocks() {
    RepeatInterval interval =
        new TrialTimes(List.of(new long[] {100}, new long[] {100}, new long[] {100}))
            .percentile(50);

    assertThat(interval).isEqualTo(new RepeatInterval(100, 100, 100, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "199, 3, FINE",
    "200, 3, FINE",
    "201, 3, GOOD",
    "500, 3, GOOD",
    "501, 3, ROUGH",
    "1500, 3, ROUGH",
    "1501, 3, COARSE",
    "100, 2, UNRATED"
  })
  void rating_halfWidth_isAWord(double reach, int trials, Rating rating) {
    assertThat(new RepeatInterval(1e4, 1e4, 1e4 + reach, trials).rating()).isEqualTo(rating);
    assertThat(new RepeatInterval(1e4, 1e4 - reach, 1e4, trials).rating()).isEqualTo(rating);
  }

  // ln(1.1) and ln(1.2): √(0.0953102² + 0.1823216²) = 0.2057329, e^0.2057329 = 1.228425
  @Test
  void over_twoCases_addsHalfWidthsBySquares() {
    RepeatInterval slow = new RepeatInterval(300, 300 / 1.1, 300 * 1.1, 5);
    RepeatInterval fast = new RepeatInterval(100, 100 / 1.2, 100 * 1.2, 3);

    RepeatInterval ratio = slow.over(fast);

    assertThat(ratio.value()).isCloseTo(3, within(1e-12));
    assertThat(ratio.high()).isCloseTo(3 * 1.228425, within(1e-5));
    assertThat(ratio.low()).isCloseTo(3 / 1.228425, within(1e-5));
    assertThat(ratio.trials()).isEqualTo(3);
  }

  @Test
  void new_endsCrossed_throws() {
    assertThatThrownBy(() -> new RepeatInterval(1, 1.1, 1.2, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RepeatInterval(1, 0.8, 0.9, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // The truth is known here: levels of trials are log-normal around 1 ms, batches hang together.
  @ParameterizedTest
  @CsvSource({"3, 0.02, 0.5", "3, 0.005, 0.9", "5, 0.02, 0.5", "5, 0.0, 0.9"})
  void ofPercentile_simulatedRuns_coversTheLevelAsOftenAsItSays(
      int trials, double between, double correlation) {
    Random random = new Random(20_261_129);
    int runs = 600;
    int covered = 0;
    for (int run = 0; run < runs; run++) {
      List<long[]> times = new ArrayList<>();
      for (int trial = 0; trial < trials; trial++) {
        times.add(trial(random, between * random.nextGaussian(), correlation));
      }
      RepeatInterval interval = new TrialTimes(times).percentile(50);
      covered += interval.low() <= 1e6 && 1e6 <= interval.high() ? 1 : 0;
    }
    // 0.95 less four standard errors of 600 runs
    assertThat(covered / (double) runs).isGreaterThan(0.914);
  }

  private static long[] trial(Random random, double level, double correlation) {
    long[] times = new long[120];
    double noise = random.nextGaussian();
    for (int i = 0; i < times.length; i++) {
      times[i] = Math.round(1e6 * Math.exp(level + 0.03 * noise));
      noise =
          correlation * noise + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return times;
  }

  // Five blocks of 100, ten of 200 and five of 300: fifteen of twenty are at or below 200, so that
  // the error is that of above and the p36 reaches from p24.5, 100, to p47.5, 200.
  @Test
  void ofPercentile_trialsAlike_reachesDownToo() {
    long[] trial = constant(200, 40);
    Arrays.fill(trial, 0, 10, 100);
    Arrays.fill(trial, 30, 40, 300);
    assertThat(new TrialTimes(List.of(trial, trial.clone(), trial.clone())).percentile(36))
        .isEqualTo(new RepeatInterval(200, 100, 200, 3));
  }

  // Two blocks a trial, 100 and 200: the mean's variance is 5000/2 a trial, a third of that of the
  // three; t(0.975, 3) = 3.182446 (tables).
  @Test
  void ofMean_twoBatchesATrial_isAsWideAsTheTwo() {
    long[] trial = {100, 200};
    RepeatInterval interval = new TrialTimes(List.of(trial, trial, trial)).mean();
    assertThat(interval.value()).isEqualTo(150);
    assertThat(interval.high()).isCloseTo(150 + 3.182446 * Math.sqrt(2500 / 3.0), within(1e-3));
    assertThat(interval.low()).isCloseTo(150 - 3.182446 * Math.sqrt(2500 / 3.0), within(1e-3));
  }

  // Seconds that differ by nanoseconds: the level must not cost the digits of the spread.
  @Test
  void ofMean_smallDifferencesOnAHighLevel_isAsWideAsTheDifferences() {
    long[] trial = {1, 2, 4, 8, 6, 3, 9};
    long[] high = Arrays.stream(trial).map(v -> v + 1_000_000_000).toArray();
    RepeatInterval low = new TrialTimes(List.of(trial, trial, trial)).mean();
    RepeatInterval shifted = new TrialTimes(List.of(high, high, high)).mean();
    assertThat(shifted.high() - shifted.value()).isCloseTo(low.high() - low.value(), within(1e-5));
  }

  // Logarithms near 18.4 that are 1e-8 apart: 0, 3 and 8 have s² = (121 + 4 + 169)/9/2.
  @Test
  void ofFigures_figuresNearlyAlike_isAsNarrow() {
    RepeatInterval interval =
        RepeatInterval.ofFigures(1e8 + 4, new double[] {1e8, 1e8 + 3, 1e8 + 8});
    assertThat(interval.halfWidth())
        .isCloseTo(T2 * 1e-8 * Math.sqrt(294.0 / 18) / Math.sqrt(3), within(1e-12));
  }

  @Test
  void scaled_interval_isThatOfTheFigureTimesTheFactor() {
    assertThat(new RepeatInterval(10, 8, 14, 3).scaled(0.5))
        .isEqualTo(new RepeatInterval(5, 4, 7, 3));
  }
}
