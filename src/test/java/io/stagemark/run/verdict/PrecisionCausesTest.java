package io.stagemark.run.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.TrialProof;
import io.stagemark.result.TrialResult;
import io.stagemark.result.Validity.Code;
import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.SteadyState.Verdict;
import io.stagemark.stats.TrialVariance;
import io.stagemark.trial.Trials;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each cause on both sides of its bound. Three trials are enough to be no cause themselves. */
final class PrecisionCausesTest {
  private static final TrialProof FINE = Trials.proof(Trials.WORK);
  private static final TrialResult GOOD = Trials.good(9, FINE);

  private static Map<String, Distribution> total(int count) {
    long[] all = new long[count];
    Arrays.fill(all, 1_000_000);
    return Map.of("total", Distribution.of(all));
  }

  private static List<Reason> causes(TrialResult... trials) {
    return PrecisionCauses.of(List.of(trials), total(300), Optional.empty());
  }

  private static List<Code> codes(TrialResult... trials) {
    return causes(trials).stream().map(Reason::code).toList();
  }

  @Test
  void of_threeQuietTrials_areNone() {
    assertThat(causes(GOOD, GOOD, GOOD)).isEmpty();
  }

  @Test
  void of_fewerThanThreeTrials_comesFirst() {
    TrialResult stolen = on(0.9, 0, 0, 1, 1);
    assertThat(causes(GOOD))
        .containsExactly(
            new Reason(
                Code.TRIALS_DIFFER,
                "1 trial: how far trials differ is not known",
                "measure.trials: 3 or more"));
    assertThat(causes(GOOD, stolen))
        .extracting(Reason::found)
        .containsExactly(
            "2 trials: how far trials differ is hardly known",
            "the hypervisor took 90.0 % of the processors away");
    assertThat(causes(Trials.failed(1))).isEmpty();
  }

  // p50 of 100 and 102 differ by 2 %, of 100 and 103 by 3 %.
  @Test
  void of_trialsApart_countAboveTwoPercent() {
    List<TrialResult> three = List.of(GOOD, GOOD, GOOD);
    assertThat(
            PrecisionCauses.of(
                three, total(300), Optional.of(new TrialVariance(3, 1, 3, 0.9, 100, 102))))
        .isEmpty();
    assertThat(
            PrecisionCauses.of(
                three, total(300), Optional.of(new TrialVariance(3, 1, 3, 0.9, 100, 103))))
        .containsExactly(
            new Reason(
                Code.TRIALS_DIFFER,
                "the p50 of 3 trials differs by 3 %",
                "more trials (measure.trials); longer ones would not help"));
    assertThat(
            PrecisionCauses.of(
                three, total(300), Optional.of(new TrialVariance(3, 1, 1, 0.5, 100, 103))))
        .extracting(Reason::recommendation)
        .containsExactly("more trials (measure.trials) or longer ones (measure.minSeconds)");
  }

  // LoadGen's early stopping: 64 samples for a p90.
  @Test
  void of_sixtyThreeSamples_areTooFewAndSixtyFourAreNot() {
    List<TrialResult> three = List.of(GOOD, GOOD, GOOD);
    assertThat(PrecisionCauses.of(three, total(63), Optional.empty()))
        .containsExactly(
            new Reason(
                Code.TOO_FEW_SAMPLES,
                "63 batches, a p90 needs 64",
                "measure.minBatches: 22, or more measure.minSeconds"));
    assertThat(PrecisionCauses.of(three, total(64), Optional.empty())).isEmpty();
  }

  @Test
  void of_unsteadyTrials_quotesTheFirstAndCountsTheOthers() {
    TrialProof unsteady = Trials.proof(Trials.steadiness(Verdict.NOT_STEADY, 0));
    assertThat(causes(GOOD, GOOD, Trials.good(2, unsteady)))
        .extracting(Reason::found)
        .containsExactly("trial 2: 75 % of 100 batches on one level, others up to +50 %");
    assertThat(causes(GOOD, Trials.good(1, unsteady), Trials.good(2, unsteady)))
        .extracting(Reason::found)
        .containsExactly(
            "trial 1: 75 % of 100 batches on one level, others up to +50 %; 1 other trial too");
  }

  @Test
  void of_wanderingTrial_isACauseWithoutATrend() {
    assertThat(
            causes(GOOD, GOOD, Trials.good(2, Trials.proof(Trials.steadiness(Verdict.WANDERS, 0)))))
        .extracting(Reason::found)
        .containsExactly(
            "trial 2: 75 % of 100 batches on one level, others up to +50 %, without a trend");
  }

  // The trial took 1 s: 100 ms of compiling are 10 %.
  @Test
  void of_compilersBusyWhileMeasuring_countAboveATenth() {
    assertThat(
            codes(GOOD, GOOD, Trials.good(1, Trials.proof(Trials.steadiness(Verdict.STEADY, 100)))))
        .isEmpty();
    assertThat(
            codes(GOOD, GOOD, Trials.good(1, Trials.proof(Trials.steadiness(Verdict.STEADY, 101)))))
        .containsExactly(Code.NOT_STEADY);
  }

  @Test
  void of_machine_countsAboveItsBounds() {
    assertThat(codes(GOOD, GOOD, on(0.02, 0.10, 10_000_000, 100_000, 105_000))).isEmpty();
    assertThat(codes(GOOD, GOOD, on(0.021, 0, 0, 1, 1))).containsExactly(Code.STEAL);
    assertThat(codes(GOOD, GOOD, on(0, 0, 10_000_001, 1, 1))).containsExactly(Code.STEAL);
    assertThat(codes(GOOD, GOOD, on(0, 0.101, 0, 1, 1))).containsExactly(Code.FOREIGN_LOAD);
    assertThat(codes(GOOD, GOOD, on(0, 0, 0, 105_001, 100_000)))
        .containsExactly(Code.MACHINE_DRIFT);
    // Between trials too: each reading was the same before and after its own trial.
    assertThat(codes(GOOD, on(0, 0, 0, 100_000, 100_000), on(0, 0, 0, 106_000, 106_000)))
        .containsExactly(Code.MACHINE_DRIFT);
  }

  @Test
  void of_severalCauses_areOrderedBySize() {
    assertThat(codes(GOOD, GOOD, on(0.03, 0.2, 0, 100_000, 110_000)))
        .containsExactly(Code.FOREIGN_LOAD, Code.MACHINE_DRIFT, Code.STEAL);
  }

  private static TrialResult on(
      double steal, double elsewhere, long throttled, long canaryBefore, long canaryAfter) {
    return Trials.good(
        1, FINE, 0, Trials.circumstances(steal, elsewhere, throttled, canaryBefore, canaryAfter));
  }
}
