package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.result.comparison.SpeedResult;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.stats.JointFlips.Statistic;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Ten pairs that agree: a p-value of 2^-10 in the direction of the change, and 1 in the other. */
final class SpeedJudgeTest {
  private static final double P = 1 / 1024.0;

  private static SpeedMetric metric(String stage, int percentile, double nanos, double ratio) {
    double[] baseline = new double[10];
    Arrays.setAll(baseline, i -> nanos * (1 + 0.001 * i));
    double[] candidate = Arrays.stream(baseline).map(v -> v * ratio).toArray();
    return new SpeedMetric("net", stage, percentile, new PairEvidence(baseline, candidate));
  }

  // Holm over the two gated ones doubles; the q-value of the third of three equal ones is their p.
  @Test
  void judge_gatedAndOthers_areAdjustedApart() {
    for (double ratio : new double[] {1.2, 1 / 1.2}) {
      List<SpeedResult> results =
          new SpeedJudge(PolicyReader.byDefault())
              .judge(
                  List.of(
                      metric("forward", 50, 1e6, ratio),
                      metric("forward", 99, 1e6, ratio),
                      metric("total", 95, 1e6, ratio)));
      assertThat(results).extracting(r -> r.test().p()).containsExactly(P, P, P);
      assertThat(results).extracting(r -> r.test().adjustedP()).containsExactly(2 * P, P, 2 * P);
      assertThat(results)
          .extracting(SpeedResult::verdict)
          .containsOnly(ratio > 1 ? Verdict.REGRESSED : Verdict.IMPROVED);
      assertThat(results).extracting(r -> r.metric().gated()).containsExactly(true, false, true);
    }
  }

  // A look that has a third of alpha takes three times the p-value. Of the 1024 exchanges one has
  // all ten signs of the slower figures, one those of the faster: two are as large as what is seen.
  @Test
  void judge_oneLookOfSeveral_hasItsPartOfAlpha() {
    List<SpeedMetric> metrics =
        List.of(
            metric("forward", 50, 1e6, 1.2),
            metric("decode", 50, 1e6, 1 / 1.2),
            metric("total", 50, 1e6, 1.2),
            metric("preprocess", 50, 1e6, 1));
    Policy policy = PolicyReader.byDefault();
    List<SpeedResult> third =
        new SpeedJudge(policy, look(policy.alpha() / 3), m -> Double.NaN).judge(metrics);
    assertThat(third.get(0).test().adjustedP()).isCloseTo(6 * P, within(1e-12));
    assertThat(third)
        .extracting(SpeedResult::verdict)
        .containsExactly(
            Verdict.REGRESSED, Verdict.IMPROVED, Verdict.REGRESSED, Verdict.EQUIVALENT);
    // of a fiftieth of alpha they are too many
    assertThat(new SpeedJudge(policy, look(policy.alpha() / 50), m -> Double.NaN).judge(metrics))
        .extracting(SpeedResult::verdict)
        .containsExactly(
            Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE, Verdict.EQUIVALENT);
  }

  private static Looks.Look look(double alpha) {
    return new Looks.Look(10, alpha, Statistic.RANKS);
  }

  // 2 % of 200 µs are 4 µs and more than the floor of 1 µs; of 10 µs the floor is 10 %.
  @Test
  void judge_margin_isTheLargerOfThePercentageAndTheFloor() {
    List<SpeedResult> results =
        new SpeedJudge(PolicyReader.byDefault())
            .judge(
                List.of(
                    metric("forward", 50, 200e3, 1.01),
                    metric("decode", 50, 10e3 / 1.0045, 1.09),
                    metric("total", 99, 200e3, 1.01)));
    assertThat(results.get(0).test().margin()).isCloseTo(0.02, within(1e-12));
    assertThat(results.get(1).test().margin()).isCloseTo(0.1, within(1e-3));
    assertThat(results.get(2).test().margin()).isCloseTo(0.05, within(1e-12));
    assertThat(results).extracting(SpeedResult::verdict).containsOnly(Verdict.EQUIVALENT);
  }

  // Four pairs have no 95 % interval, and one pair finds no slowdown at all.
  @Test
  void judge_fewPairs_isInconclusiveWithWhatTheyCouldHaveFound() {
    SpeedMetric four =
        new SpeedMetric(
            "net",
            "forward",
            50,
            new PairEvidence(new double[] {1e6, 1e6, 1e6, 1e6}, new double[] {1e6, 2e6, 1e6, 2e6}));
    SpeedMetric one =
        new SpeedMetric(
            "net", "total", 50, new PairEvidence(new double[] {1e6}, new double[] {2e6}));
    List<SpeedResult> results = new SpeedJudge(PolicyReader.byDefault()).judge(List.of(four, one));
    assertThat(results).extracting(SpeedResult::verdict).containsOnly(Verdict.INCONCLUSIVE);
    // s = ln 2/√3, t(0.975, 3) = 3.182446, t(0.8, 3) = 0.978472 (tables), α shared by two tests
    // beyond the margin of 2 %
    double effect =
        1.02 * Math.exp(1.023 * (3.182446 + 0.978472) * Math.log(2) / Math.sqrt(3) / Math.sqrt(4))
            - 1;
    assertThat(results.get(0).test().detectable()).isCloseTo(effect, within(1e-5));
    assertThat(results.get(0).reason())
        .isEqualTo(
            String.format(Locale.ROOT, "could have found a slowdown of %.1f %%", 100 * effect));
    assertThat(results.get(1).reason()).isEqualTo("too few units to judge");
  }
}
