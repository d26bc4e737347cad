package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.CaseProof;
import io.stagemark.result.CaseResult;
import io.stagemark.result.Precision;
import io.stagemark.result.RunResult;
import io.stagemark.result.Validity;
import io.stagemark.stats.RepeatInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FastestCaseTest {
  /** Cases a, b, … of batch 1 with these p50 in ns, ±2 % in so many trials. */
  private static Optional<String> sentence(int trials, double halfWidth, double... medians) {
    RunResult sample = SampleRun.complete();
    List<CaseResult> cases = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (double median : medians) {
      CaseResult one = sample.cases().get(0);
      RepeatInterval p50 =
          new RepeatInterval(median, median / (1 + halfWidth), median * (1 + halfWidth), trials);
      cases.add(with(one, p50));
      labels.add(String.valueOf((char) ('a' + labels.size())));
    }
    return FastestCase.sentence(with(sample, cases), labels);
  }

  private static CaseResult with(CaseResult one, RepeatInterval p50) {
    CaseProof proof =
        new CaseProof(
            Validity.of(List.of()),
            Optional.of(new Precision(Map.of("p50", p50), Map.of(), Optional.empty(), List.of())),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty());
    return new CaseResult(
        one.id(),
        one.key(),
        one.status(),
        SampleRun.unloaded(one),
        one.operations(),
        one.scored(),
        one.trials(),
        Optional.of(proof));
  }

  private static RunResult with(RunResult run, List<CaseResult> cases) {
    return SampleRun.with(run, cases);
  }

  // √2 · ln 1.02 = 0.0280050: 3 / 1.0284008 = 2.917, 3 · 1.0284008 = 3.085
  @Test
  void sentence_twoCasesApart_isTheRatioWithItsInterval() {
    assertThat(sentence(3, 0.02, 3e6, 1e6)).contains("b is 2.9 to 3.1 times as fast as a");
  }

  // 1 · 1.0284: at most 2.84 %, in whole percent 3
  @Test
  void sentence_twoCasesAlike_isTheLargestDifferenceThatMayBe() {
    assertThat(sentence(3, 0.02, 1e6, 1e6))
        .contains("no difference above 3 % found between a and b");
  }

  @Test
  void sentence_wideIntervals_claimNothing() {
    assertThat(sentence(3, 0.9, 2e6, 1e6))
        .contains("the trials differ too much to compare b and a (2.0 times as fast)");
  }

  @Test
  void sentence_twoTrials_haveNoInterval() {
    assertThat(sentence(2, 0.02, 3e6, 1e6))
        .contains("b took less time than a (3.0 times as fast), in too few trials for an interval");
  }

  @Test
  void sentence_threeCases_namesTheNextAndTheSlowest() {
    assertThat(sentence(3, 0.02, 40e6, 1e6, 2e6))
        .contains("b is 1.94 to 2.1 times as fast as c; 39 to 41 times as fast as a");
  }

  @Test
  void sentence_oneCase_isNone() {
    assertThat(sentence(3, 0.02, 1e6)).isEmpty();
  }
}
