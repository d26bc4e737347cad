package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.report.comparison.BlameText;
import io.stagemark.report.comparison.Headline;
import io.stagemark.report.comparison.MarkdownPage;
import io.stagemark.result.comparison.BlindSpot;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.Outcome;
import io.stagemark.result.comparison.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The procedure: screening, confirming and what is measured of each. */
final class LiveComparisonTest extends MadeUpGate {

  @Test
  void compare_sameSides_stopsAfterScreening() throws Exception {
    Comparison comparison = gate(pairs(1, 1, 1));
    assertThat(measured).isEqualTo(6);
    assertThat(heard).startsWith("screening 1/6 20").endsWith("screening 6/6 15");
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(comparison.trust())
        .contains("A/A control: not needed, since no gated time moved")
        .contains("pairs: 6; no gated time moved");
    assertThat(comparison.outcome()).isEqualTo(Outcome.NO_REGRESSION);
    // 60 batches a pair: p50 is judged, p95 and p99 are not
    assertThat(comparison.findings().speed()).hasSize(5);
    assertThat(comparison.findings().notJudged()).hasSize(10);
    assertThat(comparison.findings().quality().get(0).reason()).isEqualTo("bit-identical outputs");
    assertThat(comparison.findings().exact())
        .extracting(ExactResult::name)
        .contains("flops", "parameters");
    assertThat(comparison.pairs().orElseThrow().screening()).hasSize(6);
    assertThat(comparison.pairs().orElseThrow().confirming()).isEmpty();
    assertThat(comparison.trust())
        .contains(
            "stolen by the hypervisor while pairs took turns: 1.0 % on average, 1.0 % at worst")
        .anyMatch(line -> line.startsWith("pair correlation of the total's p50: 1.00"))
        .anyMatch(
            line ->
                line.startsWith(
                        "gated where it can be judged, and NOT judged: decode p95, preprocess p95")
                    && line.endsWith("(needs 600 batches a pair, has 60: set pairs.blocks to 30)"));
  }

  @Test
  void compare_preprocessFivePercentSlower_isFlaggedAtTheFirstLookAndBlamed() throws Exception {
    Comparison comparison = gate(pairs(1.05, 1, 1));
    assertThat(measured).isEqualTo(6);
    assertThat(comparison.trust())
        .contains("pairs: 6; looks after 6, 11, 16, 21 share α; moved: preprocess.p50");
    assertThat(speed(comparison, "preprocess p50").verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(speed(comparison, "preprocess p50").times().change()).isCloseTo(0.05, within(0.005));
    assertThat(speed(comparison, "forward p50").verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(BlameText.of(comparison)).singleElement().asString().startsWith("preprocess +0.01");
    assertThat(comparison.outcome()).isEqualTo(Outcome.REGRESSED);
    assertThat(comparison.pairs().orElseThrow().confirming()).isEmpty();
  }

  // A change at the margin is asked again until it no longer looks like one, or pairs run out.
  @Test
  void compare_changeAtTheMargin_isNeverFlagged() throws Exception {
    for (int i = 0; i < 20; i++) {
      measured = 0;
      Comparison comparison = gate(pairs(1.02, 1, 1));
      assertThat(measured).isBetween(6, 21);
      assertThat(comparison.outcome()).isNotEqualTo(Outcome.REGRESSED);
    }
  }

  // 25 % of noise from pair to pair: six pairs would have missed what has to be found.
  @Test
  void compare_noisyPairs_cannotTell() throws Exception {
    noise = 0.5;
    Comparison comparison = gate(pairs(1, 1, 1));
    assertThat(comparison.outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(comparison.findings().blind())
        .extracting(BlindSpot::metric)
        .contains("preprocess p50", "forward p50", "total p50");
    BlindSpot worst = comparison.findings().blind().get(0);
    assertThat(worst.detectable()).isGreaterThan(0.05);
    assertThat(worst.mustFind()).isEqualTo(0.05);
    assertThat(worst.help()).contains("machine");
    assertThat(Headline.of(comparison))
        .startsWith("CANNOT TELL: would have missed anything below +")
        .contains("(to be found: +5.0 %)");
    assertThat(heard)
        .anyMatch(
            line ->
                line.startsWith("pilot: by the first 3 pairs, all 21 would find no less than "));
  }

  // Six pairs are a little too few, and more are measured until they are enough.
  @Test
  void compare_somewhatNoisyPairs_areMeasuredUntilEnoughCanBeFound() throws Exception {
    noise = 0.12;
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      measured = 0;
      assertThat(gate(pairs(1, 1, 1)).outcome())
          .isNotIn(Outcome.CANNOT_TELL, Outcome.REGRESSED, Outcome.NOT_FINISHED);
      all.add(measured);
    }
    assertThat(all).allMatch(pairs -> pairs <= 21).anyMatch(pairs -> pairs > 6);
  }

  @Test
  void compare_sidesThatAreTheSame_saysThatItIsASelfCheck() throws Exception {
    changes = List.of();
    assertThat(Headline.of(gate(pairs(1, 1, 1))))
        .isEqualTo(
            "NO REGRESSION: every gated time is within its margin; both sides are the same (a"
                + " self-check, or a mistake in the config)");
  }

  @Test
  void compare_memory_isComparedWithItsFloor() throws Exception {
    // 4 % of 500 MiB is less than the larger floor, 5 %
    candidateMemory = 1.04;
    assertThat(gate(pairs(1, 1, 1)).findings().exact())
        .filteredOn(e -> e.name().equals("rss.peak"))
        .singleElement()
        .satisfies(
            e -> {
              assertThat(e.verdict()).isEqualTo(Verdict.EQUIVALENT);
              assertThat(e.gated()).isFalse();
              assertThat(e.baseline()).isBetween(500.0, 505.0);
            });
    candidateMemory = 1.1;
    candidateAllocation = 4096 + 1025;
    Comparison comparison = gate(pairs(1, 1, 1));
    assertThat(comparison.findings().exact())
        .extracting(e -> e.name() + " " + e.verdict())
        .containsExactly(
            "flops EQUIVALENT",
            "parameters EQUIVALENT",
            "allocation REGRESSED",
            "rss.peak REGRESSED");
    // both inform by default
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
    candidateMemory = 0.9;
    candidateAllocation = 4096 - 1025;
    assertThat(gate(pairs(1, 1, 1)).findings().exact())
        .extracting(e -> e.name() + " " + e.verdict())
        .endsWith("allocation IMPROVED", "rss.peak IMPROVED");
  }

  // The first five processes of the candidate were lucky.
  @Test
  void compare_oneLaterPairHasNoNumber_isWorse() throws Exception {
    nanInPair = 6;
    Comparison comparison = gate(pairs(1, 1, 1));
    assertThat(comparison.findings().quality())
        .singleElement()
        .satisfies(q -> assertThat(q.verdict()).isEqualTo(Verdict.REGRESSED))
        .satisfies(q -> assertThat(q.reason()).isEqualTo("the candidate's is not a number"));
  }

  @Test
  void compare_faster_isImproved() throws Exception {
    assertThat(gate(pairs(0.9, 0.9, 1)).overall()).isEqualTo(Verdict.IMPROVED);
  }

  // One percent is inside the margin of two.
  @Test
  void compare_onePercentSlower_isEquivalent() throws Exception {
    Comparison comparison = gate(pairs(1.01, 1.01, 1));
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void compare_controlFlags_givesNoVerdict() throws Exception {
    Comparison comparison = gate(pairs(1.1, 1.1, 1.1));
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(comparison.findings().speed())
        .allMatch(s -> s.reason().startsWith("the A/A control moved"));
    assertThat(comparison.outcome()).isEqualTo(Outcome.CANNOT_TELL);
  }

  @Test
  void compare_somethingMoved_bringsTheControlIn() throws Exception {
    Comparison comparison = gate(pairs(1.1, 1, 1));
    assertThat(comparison.outcome()).isEqualTo(Outcome.REGRESSED);
    assertThat(controls).isEqualTo(1);
    assertThat(measured).isEqualTo(6);
    assertThat(comparison.trust())
        .contains("A/A control: clean, the baseline against itself moved nothing");
  }

  @Test
  void compare_controlMovedToo_isAskedUntilTheLastLook() throws Exception {
    assertThat(gate(pairs(1.1, 1, 1.1)).outcome()).isEqualTo(Outcome.CANNOT_TELL);
    assertThat(measured).isEqualTo(21);
    assertThat(controls).isEqualTo(6); // of pairs 6, 9, 12, 15, 18 and 21
  }

  @Test
  void compare_oneSideMetASharedCoreFarMoreOften_hasNoVerdict() throws Exception {
    candidateShared = 0.3;
    Comparison comparison = gate(pairs(1.1, 1, 1));
    assertThat(comparison.findings().speed()).allMatch(s -> s.verdict() == Verdict.INCONCLUSIVE);
    assertThat(comparison.findings().speed().get(0).reason())
        .isEqualTo(
            "10 % of the baseline's batches met a shared core and 30 % of the candidate's: one"
                + " side may share it with itself");
  }

  @Test
  void compare_candidateDies_keepsWhatWasMeasured() throws Exception {
    LivePairs good = pairs(1, 1, 1);
    LivePairs dying =
        control -> {
          if (measured == 3) {
            throw new LivePairs.Failed(new IOException("the candidate's JVM ended: 134"));
          }
          return good.next(control);
        };
    Comparison comparison = gate(dying);
    assertThat(comparison.failures()).containsExactly("the candidate's JVM ended: 134");
    assertThat(comparison.findings().speed())
        .hasSize(5)
        .allMatch(s -> s.metric().units().equals("3 pairs"));
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
  }

  @Test
  void compare_stoppedBeforeTheFirstLook_showsWhatWasMeasured() throws Exception {
    LivePairs good = pairs(1.1, 1, 1);
    Comparison comparison =
        gate(
            control -> {
              if (measured == 5) {
                throw new LivePairs.Failed(new IOException("interrupted, in pair 6"));
              }
              return good.next(control);
            });
    assertThat(comparison.findings().speed())
        .hasSize(5)
        .allMatch(s -> s.metric().units().equals("5 pairs") && s.verdict() == Verdict.INCONCLUSIVE);
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(comparison.failures()).containsExactly("interrupted, in pair 6");
  }

  @Test
  void correlation_knownFigures_isPearsons() {
    // centred: a = -1, 0, 1; b = -1, 1, 0: 1 / sqrt(2 * 2)
    assertThat(PairTrust.correlation(new double[] {1, 2, 3}, new double[] {1, 3, 2}))
        .isCloseTo(0.5, within(1e-12));
    assertThat(PairTrust.correlation(new double[] {1, 1, 1}, new double[] {1, 3, 2})).isNaN();
  }

  @Test
  void compare_candidateNeverStarts_isAFailureWithoutFigures() throws Exception {
    Comparison comparison =
        gate(
            control -> {
              throw new LivePairs.Failed(new IOException("no main class"));
            });
    assertThat(comparison.findings().speed()).isEmpty();
    assertThat(comparison.failures()).containsExactly("no main class");
    assertThat(MarkdownPage.of(comparison)).contains("failed: no main class");
  }
}
