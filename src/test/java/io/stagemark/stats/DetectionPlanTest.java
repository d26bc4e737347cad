package io.stagemark.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.stats.DetectionPlan.Cost;
import io.stagemark.stats.DetectionPlan.Pilot;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DetectionPlanTest {
  private static final Cost COST = new Cost(5, 0.01);

  /** A trial whose p95 has an interval of 2 · 1.96 · error around it, in logarithms. */
  private static Pilot pilot(double millis, double error) {
    double half = Math.exp(1.96 * error);
    QuantileInterval interval =
        new QuantileInterval(
            Math.round(millis * 1e6 / half), Math.round(millis * 1e6 * half), 0.95);
    return new Pilot(
        new Quantile(95, OptionalLong.of(Math.round(millis * 1e6)), 130, Optional.of(interval)),
        1000);
  }

  private static Pilot[] pilots(double spread, double error) {
    Pilot[] pilots = new Pilot[5];
    for (int i = 0; i < 5; i++) {
      pilots[i] = pilot(10 * Math.exp(spread * (i - 2)), error);
    }
    return pilots;
  }

  // ln Q = spread * (-2, -1, 0, 1, 2): variance 2.5 spread^2. Nothing within a trial, so more
  // batches do not help: 600, the least for 30 beyond p95. scipy: with s = 0.01 sqrt(2.5) =
  // 0.01581,
  // 1.023 (t.95 + t.8)(2N-2) s sqrt(2/N) is 3.016 % -> N = 5: 1.023*(1.8595+0.8889)*0.0158*0.6325 =
  // 2.81 %.
  @Test
  void of_spreadBetweenTrialsAlone_takesTheFewestBatches() {
    DetectionPlan plan = DetectionPlan.of(95, 0.03, pilots(0.01, 0), COST).orElseThrow();
    assertThat(plan.batches()).isEqualTo(600);
    assertThat(plan.trials()).isEqualTo(5);
    assertThat(plan.effect())
        .isCloseTo(
            Math.expm1(1.023 * (1.859548 + 0.888890) * Math.sqrt(2.5) * 0.01 * Math.sqrt(0.4)),
            within(1e-5));
    assertThat(plan.seconds()).isCloseTo(5 * (5 + 6), within(1e-9));
    assertThat(plan.betweenDeviation()).isCloseTo(Math.sqrt(2.5) * 0.01, within(1e-4));
  }

  // What a report prints: Student's half-width of five logarithms, 2.776 s / √5.
  @Test
  void of_plan_saysHowPreciseASideWillBe() {
    DetectionPlan plan = DetectionPlan.of(95, 0.03, pilots(0.01, 0), COST).orElseThrow();
    assertThat(plan.halfWidth())
        .isCloseTo(
            Math.expm1(2.776445 * Math.sqrt(2.5) * 0.01 / Math.sqrt(plan.trials())), within(1e-4));
  }

  @Test
  void of_smallerEffect_takesMoreTrials() {
    int before = 0;
    for (double effect : new double[] {0.1, 0.03, 0.02, 0.01, 0.005}) {
      DetectionPlan plan = DetectionPlan.of(95, effect, pilots(0.01, 0), COST).orElseThrow();
      assertThat(plan.trials()).isGreaterThanOrEqualTo(before);
      assertThat(plan.effect()).isLessThanOrEqualTo(effect);
      before = plan.trials();
    }
    assertThat(before).isGreaterThan(50);
  }

  // Equal trials with a wide interval: all the noise is within a trial, and batches are the remedy.
  @Test
  void of_noiseWithinTrials_takesMoreBatches() {
    DetectionPlan plan = DetectionPlan.of(95, 0.01, pilots(0, 0.05), COST).orElseThrow();
    assertThat(plan.batches()).isGreaterThan(5000);
    assertThat(plan.betweenDeviation()).isZero();
    assertThat(plan.withinDeviation()).isCloseTo(0.05, within(1e-4));
  }

  @Test
  void of_effectBeyondReach_isEmpty() {
    assertThat(DetectionPlan.of(95, 0.0001, pilots(0.1, 0), COST)).isEmpty();
  }

  @Test
  void fewestBatches_ofAPercentile_haveThirtyBeyondItAndLoadGensMinimum() {
    assertThat(DetectionPlan.fewestBatches(50)).isEqualTo(60);
    assertThat(DetectionPlan.fewestBatches(99)).isEqualTo(3000);
    assertThat(DetectionPlan.fewestBatches(99.9)).isEqualTo(30_000);
  }

  // Quantiles of 10 ms that are nanoseconds apart: the level must not cost the digits of the
  // spread. −2 … 2 ns have a variance of 2.5 ns²; a nanosecond is 1e-7 of 10 ms.
  @Test
  void spread_quantilesNanosecondsApart_isThatOfTheLogarithms() {
    Pilot[] pilots = new Pilot[5];
    for (int i = 0; i < 5; i++) {
      pilots[i] = pilot(10 + (i - 2) * 1e-6, 0.01);
    }
    assertThat(DetectionPlan.spread(pilots)).isCloseTo(Math.sqrt(2.5) * 1e-7, within(1e-11));
  }

  // Five trials a side: 1.023 · (t(0.95, 8) + t(0.8, 8)) · s · √(2/5), as above.
  @Test
  void detectable_fiveTrialsASide_workedFromTables() {
    assertThat(DetectionPlan.detectable(0.02, 5))
        .isCloseTo(Math.expm1(1.023 * (1.859548 + 0.888890) * 0.02 * Math.sqrt(0.4)), within(1e-7));
  }
}
