package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.result.Parity;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ExactResult;
import io.stagemark.result.comparison.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a comparison of stored runs says of itself, and how many trials it needs. */
final class StoredTrustTest {
  private static final String CASE = "net/onnxruntime/cpu/t2/b1";

  private static Comparison compare(StoredRuns a, StoredRuns b, Policy policy) throws Exception {
    return StoredComparison.compare(a.run(), b.run(), policy, "./stagemark compare a b");
  }

  private static Comparison compare(StoredRuns a, StoredRuns b) throws Exception {
    return compare(a, b, PolicyReader.byDefault());
  }

  @Test
  void compare_anyRuns_saysWhatTheVerdictRestsOn() throws Exception {
    StoredRuns few = new StoredRuns(1);
    few.trials = 4;
    assertThat(compare(few, new StoredRuns(2)).trust())
        .containsExactly(
            "unit: the trial (a fresh JVM); exact permutation test; Holm over gated metrics",
            "fewest trials a side: 4",
            "same processor: yes",
            "the runs were measured one after the other: what the machine did in between is in the"
                + " difference (./stagemark gate takes turns)");
    few.cpu = "Another CPU";
    assertThat(compare(few, new StoredRuns(2)).trust()).contains("same processor: NO");
  }

  @Test
  void compare_caseThatOneRunHas_isNamed() throws Exception {
    StoredRuns two = new StoredRuns(1);
    StoredRuns eight = new StoredRuns(1);
    eight.threads = 8;
    StoredRun both = StoredRuns.joined(two, eight);
    StoredRun one = new StoredRuns(2).run();
    Policy policy = PolicyReader.byDefault();
    for (Comparison comparison :
        List.of(
            StoredComparison.compare(both, one, policy, "compare"),
            StoredComparison.compare(one, both, policy, "compare"))) {
      assertThat(comparison.trust())
          .contains("only one run has the case net/onnxruntime/cpu/t8/b1");
      assertThat(comparison.findings().speed())
          .extracting(s -> s.metric().caseId())
          .containsOnly(CASE);
      assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
    }
    assertThat(StoredComparison.compare(both, both, policy, "compare").findings().speed())
        .extracting(s -> s.metric().caseId())
        .contains(CASE, "net/onnxruntime/cpu/t8/b1");
  }

  // Ten gated metrics, two percentiles of five stages. C(10, 5) = 252, C(12, 6) = 924 and C(14, 7)
  // =
  // 3432: 10/252 = 0.0397 < 0.05, 10/924 = 0.0108 ≥ 0.01 > 10/3432. At α = 10/252 five trials only
  // just fail. No more than twenty are ever asked for.
  @Test
  void compare_smallAlpha_needsMoreTrials() throws Exception {
    assertThat(reasonAt(0.01)).isEqualTo("needs 7 trials a side, has 5");
    assertThat(reasonAt(10 / 252.0)).isEqualTo("needs 6 trials a side, has 5");
    assertThat(reasonAt(1e-12)).isEqualTo("needs 20 trials a side, has 5");
    assertThat(reasonAt(0.0397)).isNotEqualTo(reasonAt(10 / 252.0));
  }

  private static String reasonAt(double alpha) throws Exception {
    Policy p = PolicyReader.byDefault();
    Policy policy =
        new Policy(
            p.name(),
            alpha,
            p.minTrials(),
            p.gate(),
            p.mustFind(),
            p.margins(),
            p.stages(),
            p.quality(),
            p.exact(),
            p.mayDiffer());
    return StoredRuns.speed(compare(new StoredRuns(1), new StoredRuns(2), policy), "forward p50")
        .reason();
  }

  // With p99 there are fifteen metrics, of which ten are gated: 15/252 would be too many.
  @Test
  void compare_metricsThatAreNotGated_needNoTrials() throws Exception {
    StoredRuns before = new StoredRuns(1);
    StoredRuns after = new StoredRuns(2);
    before.batches = 3000;
    after.batches = 3000;
    Comparison comparison = compare(before, after);
    assertThat(comparison.findings().speed()).hasSize(15);
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void compare_baselineThatFailedOrDisagrees_isNamedAsTheBaseline() throws Exception {
    StoredRuns before = new StoredRuns(1);
    before.failure = Optional.of("killed by signal 9");
    before.scoresAgree = false;
    Comparison comparison = compare(before, new StoredRuns(2));
    assertThat(comparison.failures())
        .containsExactly("baseline " + CASE + " trial 6: killed by signal 9");
    assertThat(comparison.trust())
        .contains(
            "the baseline's outputs differ from trial to trial: scores are the first good one's, "
                + CASE);
  }

  // How far the engines' outputs are apart informs: 0.1 before, 0.3 now.
  @Test
  void compare_parityOfTheCase_isShown() throws Exception {
    StoredRuns before = new StoredRuns(1);
    StoredRuns after = new StoredRuns(2);
    before.parity = List.of(parity("net/other", 0.7), parity(CASE, 0.1));
    assertThat(compare(before, after).findings().exact())
        .extracting(ExactResult::name)
        .doesNotContain("parity");
    after.parity = List.of(parity("net/other", 0.2), parity(CASE, 0.3));
    Comparison comparison = compare(before, after);
    assertThat(comparison.findings().exact())
        .filteredOn(e -> e.name().equals("parity"))
        .containsExactly(
            new ExactResult(
                CASE,
                "parity",
                "largest difference between engines",
                false,
                0.1,
                0.3,
                Verdict.REGRESSED,
                ""));
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
  }

  private static Parity parity(String candidate, double difference) {
    return new Parity(
        "net", "reference", candidate, 4, true, List.of(new Parity.Output("out", difference)));
  }

  @Test
  void allocation_aSideWithoutProcesses_isNotCompared() {
    ExactCounts counts = new ExactCounts(PolicyReader.byDefault());
    assertThat(counts.allocation(CASE, new double[0], new double[] {1})).isEmpty();
    assertThat(counts.allocation(CASE, new double[] {1}, new double[0])).isEmpty();
    assertThat(counts.allocation(CASE, new double[] {1, 9000, 2}, new double[] {3, 4, 5}))
        .singleElement()
        .satisfies(e -> assertThat(e.baseline()).isEqualTo(2))
        .satisfies(e -> assertThat(e.verdict()).isEqualTo(Verdict.EQUIVALENT));
  }

  // the default policy's floor is 512 bytes a batch
  @Test
  void allocation_kibibyteMoreABatch_isFound() {
    assertThat(allocation(2024, 2024 + 1024)).isEqualTo(Verdict.REGRESSED);
    assertThat(allocation(2024, 2024 + 512)).isEqualTo(Verdict.REGRESSED);
    assertThat(allocation(2024, 2024 + 511)).isEqualTo(Verdict.EQUIVALENT);
    assertThat(allocation(2024, 2024)).isEqualTo(Verdict.EQUIVALENT);
    assertThat(allocation(2024, 2024 - 512)).isEqualTo(Verdict.IMPROVED);
  }

  private static Verdict allocation(double before, double after) {
    double[] a = {before, before, before};
    double[] b = {after, after, after};
    ExactCounts counts = new ExactCounts(PolicyReader.byDefault());
    return counts.allocation(CASE, a, b).get(0).verdict();
  }
}
