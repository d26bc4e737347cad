package io.stagemark.run.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stagemark.result.ClockProof;
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

/** Each rule on both sides of its bound. */
final class CaseVerdictTest {
  private static final TrialProof FINE = Trials.proof(Trials.WORK);

  /** So many batches of 1 ms with that gap. */
  private static Map<String, Distribution> stages(int count, long gapNanos) {
    return Map.of("gap", times(count, gapNanos), "total", times(count, 1_000_000));
  }

  private static Distribution times(int count, long nanos) {
    long[] all = new long[count];
    Arrays.fill(all, nanos);
    return Distribution.of(all);
  }

  private static List<Reason> reasons(TrialResult... trials) {
    return CaseVerdict.reasons(List.of(trials), stages(300, 500));
  }

  private static List<Code> codes(TrialResult... trials) {
    return reasons(trials).stream().map(Reason::code).toList();
  }

  @Test
  void reasons_nothingWrong_areNone() {
    assertThat(reasons(Trials.good(1, FINE))).isEmpty();
  }

  @Test
  void reasons_failedTrialsAndBatches_areCounted() {
    List<Reason> found = reasons(Trials.good(1, FINE, 3, Optional.empty()), Trials.failed(2));
    assertThat(found)
        .extracting(Reason::found)
        .containsExactly("1 of 2 trials have no figures", "the engine failed on 3 batches");
    assertThat(found).allMatch(reason -> !reason.recommendation().isBlank());
  }

  // Rounding of half-precision sums is 2^-10 of the largest: 1e-3 is the bound.
  @Test
  void reasons_outputsThatChanged_areAReasonBeyondRoundingAndANoteWithin() {
    TrialResult little = Trials.changed(1, 1e-3);
    assertThat(reasons(little)).isEmpty();
    assertThat(CaseVerdict.notes(List.of(little), Optional.empty()))
        .contains(
            "trial 1: 7 outputs were not to the bit those of the first visit of the same example:"
                + " up to 0.0010 of the output's largest value apart");
    TrialResult much = Trials.changed(2, 2e-3);
    assertThat(reasons(little, much))
        .extracting(Reason::code, Reason::found)
        .containsExactly(
            tuple(
                Code.OUTPUTS_CHANGED,
                "trial 2: 7 outputs were not to the bit those of the first visit of the same"
                    + " example: up to 0.0020 of the output's largest value apart"));
    assertThat(CaseVerdict.notes(List.of(much), Optional.empty()))
        .noneMatch(note -> note.contains("to the bit"));
  }

  // LoadGen's early stopping: 64 samples for a p90.
  @Test
  void reasons_sixtyThreeSamples_areTooFewAndSixtyFourAreNot() {
    List<TrialResult> one = List.of(Trials.good(1, FINE));
    assertThat(CaseVerdict.reasons(one, stages(63, 500)))
        .containsExactly(
            new Reason(
                Code.TOO_FEW_SAMPLES,
                "63 batches, a p90 needs 64",
                "measure.minBatches: 64, or more measure.minSeconds"));
    assertThat(CaseVerdict.reasons(one, stages(64, 500))).isEmpty();
  }

  @Test
  void reasons_unsteadyTrials_tellTheFirstAndCountTheOthers() {
    TrialProof unsteady = Trials.proof(Trials.steadiness(Verdict.NOT_STEADY, 0));
    assertThat(reasons(Trials.good(1, FINE), Trials.good(2, unsteady)))
        .extracting(Reason::found)
        .containsExactly("trial 2: 75 % of 100 batches on one level, others up to +50 %");
    assertThat(reasons(Trials.good(1, unsteady), Trials.good(2, unsteady)))
        .extracting(Reason::found)
        .containsExactly(
            "trial 1: 75 % of 100 batches on one level, others up to +50 %; 1 other trial too");
  }

  // The trial took 1 s: 50 ms of compiling are 5 %.
  @Test
  void reasons_compilersBusyWhileMeasuring_countAboveATenth() {
    assertThat(codes(Trials.good(1, Trials.proof(Trials.steadiness(Verdict.STEADY, 100)))))
        .isEmpty();
    assertThat(codes(Trials.good(1, Trials.proof(Trials.steadiness(Verdict.STEADY, 101)))))
        .containsExactly(Code.NOT_STEADY);
  }

  // A batch takes 1 ms: a step of 10 µs is 1 % of it.
  @Test
  void reasons_clockBackwardsOrCoarse_areGiven() {
    assertThat(codes(Trials.good(1, Trials.proof(new ClockProof(10_000, 30, 0))))).isEmpty();
    assertThat(codes(Trials.good(1, Trials.proof(new ClockProof(10_001, 30, 0)))))
        .containsExactly(Code.CLOCK);
    assertThat(codes(Trials.good(1, Trials.proof(new ClockProof(20, 30, 1)))))
        .containsExactly(Code.CLOCK);
  }

  // 1 % of 1 ms is 10 µs; below 2 µs no share counts.
  @Test
  void reasons_gap_countsAboveOnePercentAndTwoMicroseconds() {
    List<TrialResult> one = List.of(Trials.good(1, FINE));
    assertThat(CaseVerdict.reasons(one, stages(300, 10_000))).isEmpty();
    assertThat(CaseVerdict.reasons(one, stages(300, 10_001)))
        .extracting(Reason::code)
        .containsExactly(Code.GAP);
    Map<String, Distribution> tiny = Map.of("gap", times(300, 2_000), "total", times(300, 9_000));
    assertThat(CaseVerdict.reasons(one, tiny)).isEmpty();
  }

  @Test
  void reasons_machine_countsAboveItsBounds() {
    assertThat(codes(on(0.02, 0.10, 10_000_000, 100_000, 105_000))).isEmpty();
    assertThat(codes(on(0.021, 0, 0, 1, 1))).containsExactly(Code.STEAL);
    assertThat(codes(on(0, 0, 10_000_001, 1, 1))).containsExactly(Code.STEAL);
    assertThat(codes(on(0, 0.101, 0, 1, 1))).containsExactly(Code.FOREIGN_LOAD);
    assertThat(codes(on(0, 0, 0, 105_001, 100_000))).containsExactly(Code.MACHINE_DRIFT);
    // Between trials too: each reading was the same before and after its own trial.
    assertThat(codes(on(0, 0, 0, 100_000, 100_000), on(0, 0, 0, 106_000, 106_000)))
        .containsExactly(Code.MACHINE_DRIFT);
  }

  private static TrialResult on(
      double steal, double elsewhere, long throttled, long canaryBefore, long canaryAfter) {
    return Trials.good(
        1, FINE, 0, Trials.circumstances(steal, elsewhere, throttled, canaryBefore, canaryAfter));
  }

  @Test
  void notes_fewTrialsAndVarianceBetweenThem_areTold() {
    TrialResult good = Trials.good(1, FINE);
    assertThat(CaseVerdict.notes(List.of(good, good, good), Optional.empty())).isEmpty();
    assertThat(CaseVerdict.notes(List.of(good), Optional.empty()))
        .containsExactly("1 trial: how far trials differ is not known; measure.trials: 3 or more");
    assertThat(
            CaseVerdict.notes(
                List.of(good, good, good), Optional.of(new TrialVariance(3, 1, 3, 0.9, 10, 20))))
        .containsExactly(
            "90 % of the variance is between trials: more trials narrow the interval, more batches"
                + " do not");
  }
}
