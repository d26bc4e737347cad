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
    assertThat(CaseVerdict.notes(List.of(little)))
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
    assertThat(CaseVerdict.notes(List.of(much))).noneMatch(note -> note.contains("to the bit"));
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

  // The middle batch decides: one that was stopped between two stages makes no figure wrong.
  @Test
  void reasons_gapOfOneBatch_isNone() {
    long[] gaps = new long[300];
    gaps[7] = 300_000_000;
    Map<String, Distribution> stages =
        Map.of("gap", Distribution.of(gaps), "total", times(300, 1_000_000));
    assertThat(CaseVerdict.reasons(List.of(Trials.good(1, FINE)), stages)).isEmpty();
  }

  @Test
  void reasons_whatMakesFiguresLessSure_isNone() {
    TrialResult unsteady =
        Trials.good(
            1,
            Trials.proof(Trials.steadiness(Verdict.NOT_STEADY, 500)),
            0,
            Trials.circumstances(0.5, 0.5, 100_000_000, 1, 2));
    assertThat(CaseVerdict.reasons(List.of(unsteady), stages(20, 500))).isEmpty();
  }
}
