package io.stagemark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stagemark.config.gate.Policy;
import io.stagemark.config.gate.Policy.Factor;
import io.stagemark.config.gate.PolicyReader;
import io.stagemark.data.BadInputException;
import io.stagemark.data.Score;
import io.stagemark.output.OutputTree;
import io.stagemark.report.comparison.BlameText;
import io.stagemark.report.comparison.MarkdownPage;
import io.stagemark.result.ExampleResult;
import io.stagemark.result.comparison.Comparison;
import io.stagemark.result.comparison.ComparisonFile;
import io.stagemark.result.comparison.Difference;
import io.stagemark.result.comparison.Verdict;
import io.stagemark.result.file.CaseExamples;
import io.stagemark.result.file.ResultFiles;
import io.stagemark.stats.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredComparisonTest {
  private static final String CASE = "net/onnxruntime/cpu/t2/b1";

  @TempDir Path folder;

  private static Comparison compare(StoredRuns a, StoredRuns b, Policy policy) throws Exception {
    return StoredComparison.compare(a.run(), b.run(), policy, "./stagemark compare a b");
  }

  private static Comparison compare(StoredRuns a, StoredRuns b) throws Exception {
    return compare(a, b, PolicyReader.byDefault());
  }

  private static Policy allowing(Factor factor) {
    Policy p = PolicyReader.byDefault();
    return new Policy(
        p.name(),
        p.alpha(),
        p.minTrials(),
        p.gate(),
        p.mustFind(),
        p.margins(),
        p.stages(),
        p.quality(),
        p.exact(),
        List.of(factor));
  }

  @Test
  void compare_sameTimes_areEquivalent() throws Exception {
    Comparison comparison = compare(new StoredRuns(1), new StoredRuns(2));
    assertThat(comparison.findings().speed()).allMatch(s -> s.verdict() == Verdict.EQUIVALENT);
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
    // 700 batches are enough for p95 (600), not for p99 (3000).
    assertThat(comparison.findings().speed()).hasSize(10);
    assertThat(comparison.findings().notJudged()).hasSize(5);
    assertThat(comparison.findings().notJudged().get(0).reason())
        .isEqualTo("needs 3000 batches a trial, has 700: raise measure.minBatches");
    assertThat(BlameText.of(comparison)).isEmpty();
  }

  @Test
  void compare_forwardTenPercentSlower_isRegressedAndBlamed() throws Exception {
    StoredRuns slower = new StoredRuns(2);
    slower.forward = 1.1;
    Comparison comparison = compare(new StoredRuns(1), slower);
    assertThat(StoredRuns.speed(comparison, "forward p50").verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(StoredRuns.speed(comparison, "forward p50").times().change())
        .isCloseTo(0.1, within(0.01));
    Interval interval = StoredRuns.speed(comparison, "forward p50").times().interval();
    assertThat(interval.low()).isLessThanOrEqualTo(0.1);
    assertThat(interval.high()).isGreaterThanOrEqualTo(0.1);
    assertThat(StoredRuns.speed(comparison, "total p50").verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(StoredRuns.speed(comparison, "decode p50").verdict()).isEqualTo(Verdict.EQUIVALENT);
    assertThat(comparison.overall()).isEqualTo(Verdict.REGRESSED);
    assertThat(BlameText.of(comparison))
        .singleElement()
        .asString()
        .matches("forward \\+0\\.4\\d+ ms of \\+0\\.4\\d+ ms \\[\\+0\\.4\\d+ ms, \\+0\\.4\\d+ ms]");
    assertThat(compare(slower, new StoredRuns(1)).overall()).isEqualTo(Verdict.IMPROVED);
  }

  // 60 µs more in preprocess, 200 µs less in forward: the total fell, and no part of that is blame.
  @Test
  void compare_preprocessSlowerAndForwardFaster_isBlamedBesideTheTotal() throws Exception {
    StoredRuns exchanged = new StoredRuns(2);
    exchanged.preprocess = 1.3;
    exchanged.forward = 0.95;
    Comparison comparison = compare(new StoredRuns(1), exchanged);
    assertThat(StoredRuns.speed(comparison, "preprocess p50").verdict())
        .isEqualTo(Verdict.REGRESSED);
    assertThat(BlameText.of(comparison))
        .singleElement()
        .asString()
        .matches(
            "preprocess \\+0\\.06\\d+ ms \\[\\+0\\.0[56]\\d+ ms, \\+0\\.06\\d+ ms],"
                + " while the total changed by -0\\.1\\d+ ms \\[-0\\.\\d+ ms, -0\\.1\\d+ ms]");
  }

  @Test
  void compare_baselineWithTheFormerNameOfALoss_judgesIt() throws Exception {
    StoredRuns before = new StoredRuns(1);
    before.lossName = "focal-seed";
    StoredRuns after = new StoredRuns(2);
    after.lossName = "focal-unweighted";
    Comparison comparison = compare(before, after);
    assertThat(comparison.findings().quality())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.metric().score()).isEqualTo("focal-unweighted");
              assertThat(one.verdict()).isEqualTo(Verdict.EQUIVALENT);
            });
    after.lossName = "focal";
    assertThat(compare(before, after).findings().quality()).isEmpty();
  }

  @Test
  void compare_fourTrials_isInconclusiveWithTheNumberNeeded() throws Exception {
    StoredRuns few = new StoredRuns(2);
    few.trials = 4;
    few.forward = 2;
    Comparison comparison = compare(new StoredRuns(1), few);
    assertThat(comparison.findings().speed()).allMatch(s -> s.verdict() == Verdict.INCONCLUSIVE);
    assertThat(StoredRuns.speed(comparison, "forward p50").reason())
        .isEqualTo("needs 5 trials a side, has 4");
    assertThat(comparison.count(Verdict.REGRESSED)).isZero();
  }

  @Test
  void compare_otherMachine_stopsTheVerdictUnlessThePolicySaysSo() throws Exception {
    StoredRuns other = new StoredRuns(2);
    other.cpu = "Another CPU";
    other.forward = 1.5;
    Comparison stopped = compare(new StoredRuns(1), other);
    assertThat(stopped.overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(StoredRuns.speed(stopped, "forward p50").reason())
        .isEqualTo("the two sides also differ in cpu");
    Comparison meant = compare(new StoredRuns(1), other, allowing(Factor.CPU));
    assertThat(meant.overall()).isEqualTo(Verdict.REGRESSED);
    assertThat(meant.differences())
        .containsExactly(new Difference(Factor.CPU, "Some CPU", "Another CPU", true));
  }

  @Test
  void compare_otherModelFileOrThreads_stopsTheVerdict() throws Exception {
    StoredRuns model = new StoredRuns(2);
    model.sha256 = "ef".repeat(32);
    assertThat(compare(new StoredRuns(1), model).differences())
        .extracting(Difference::factor)
        .containsExactly(Factor.MODEL);
    StoredRuns threads = new StoredRuns(2);
    threads.threads = 1;
    Comparison comparison = compare(new StoredRuns(1), threads);
    assertThat(comparison.differences())
        .extracting(Difference::factor)
        .containsExactly(Factor.THREADS);
    assertThat(comparison.overall()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(compare(new StoredRuns(1), threads, allowing(Factor.THREADS)).overall())
        .isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void compare_counts_areExact() throws Exception {
    StoredRuns more = new StoredRuns(2);
    more.flops = 1001;
    more.allocation = 4096;
    more.weightBytes = 41;
    more.activationBytes = 95;
    Comparison comparison = compare(new StoredRuns(1), more);
    assertThat(comparison.findings().exact())
        .extracting(e -> e.name() + " " + e.verdict())
        .containsExactly(
            "flops REGRESSED",
            "parameters EQUIVALENT",
            "memory.weights REGRESSED",
            "memory.activations IMPROVED",
            "allocation REGRESSED",
            "rss.peak EQUIVALENT",
            "rss.steady EQUIVALENT");
    // the default policy shows counts and does not fail on them
    assertThat(comparison.overall()).isEqualTo(Verdict.EQUIVALENT);
  }

  private static Policy gatingCounts(String... names) {
    Policy p = PolicyReader.byDefault();
    return new Policy(
        p.name(),
        p.alpha(),
        p.minTrials(),
        p.gate(),
        p.mustFind(),
        p.margins(),
        p.stages(),
        p.quality(),
        new Policy.Exact(List.of(names), 1024, 5, 16),
        p.mayDiffer());
  }

  @Test
  void compare_moreMemoryThanTheFloor_failsWhereThePolicySaysSo() throws Exception {
    StoredRuns more = new StoredRuns(2);
    more.rssMebibytes = 560;
    more.activationBytes = 97;
    assertThat(compare(new StoredRuns(1), more).overall()).isEqualTo(Verdict.EQUIVALENT);
    Comparison comparison = compare(new StoredRuns(1), more, gatingCounts("rss"));
    assertThat(comparison.overall()).isEqualTo(Verdict.REGRESSED);
    assertThat(comparison.count(Verdict.REGRESSED)).isEqualTo(2);
    assertThat(MarkdownPage.of(comparison))
        .containsSubsequence("### Counts that grew", "| ✗ | rss.peak, MiB", "Can it be trusted?");
    assertThat(comparison.findings().exact())
        .filteredOn(e -> e.name().equals("rss.peak"))
        .singleElement()
        .satisfies(e -> assertThat(e.candidate()).isBetween(560.0, 572.0))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("5 and 5 trials"));
    assertThat(compare(new StoredRuns(1), more, gatingCounts("memory")).count(Verdict.REGRESSED))
        .isEqualTo(1);
  }

  // 3.2 % of 500 MiB are the floor of 16 MiB, 5 % are 25 MiB: the larger one counts.
  @Test
  void compare_memoryWithinTheFloor_isTheSame() throws Exception {
    StoredRuns more = new StoredRuns(2);
    more.rssMebibytes = 510;
    assertThat(compare(new StoredRuns(1), more, gatingCounts("rss")).overall())
        .isEqualTo(Verdict.EQUIVALENT);
    StoredRuns small = new StoredRuns(1);
    small.rssMebibytes = 50;
    StoredRuns smallMore = new StoredRuns(2);
    smallMore.rssMebibytes = 60;
    assertThat(compare(small, smallMore, gatingCounts("rss")).overall())
        .isEqualTo(Verdict.EQUIVALENT);
  }

  @Test
  void compare_fewTrials_doNotTellMemoryApart() throws Exception {
    StoredRuns before = new StoredRuns(1);
    before.trials = 2;
    StoredRuns more = new StoredRuns(2);
    more.trials = 2;
    more.rssMebibytes = 1000;
    assertThat(compare(before, more).findings().exact())
        .filteredOn(e -> e.name().startsWith("rss."))
        .allMatch(e -> e.verdict() == Verdict.INCONCLUSIVE);
  }

  @Test
  void compare_otherMachine_stopsWhatWasMeasuredAndNotWhatWasCounted() throws Exception {
    StoredRuns other = new StoredRuns(2);
    other.cpu = "Another CPU";
    other.flops = 1001;
    other.allocation = 4096;
    assertThat(compare(new StoredRuns(1), other).findings().exact())
        .extracting(e -> e.name() + " " + e.verdict())
        .contains(
            "flops REGRESSED",
            "allocation INCONCLUSIVE",
            "rss.peak INCONCLUSIVE",
            "rss.steady INCONCLUSIVE");
  }

  @Test
  void compare_failedTrial_isNamed() throws Exception {
    StoredRuns failed = new StoredRuns(2);
    failed.failure = Optional.of("killed by signal 9");
    Comparison comparison = compare(new StoredRuns(1), failed);
    assertThat(comparison.failures())
        .containsExactly("candidate " + CASE + " trial 6: killed by signal 9");
    assertThat(comparison.findings().speed()).isNotEmpty();
  }

  @Test
  void compare_worseLosses_fail() throws Exception {
    StoredRuns before = withLosses("a", 1, 1, 1.5);
    StoredRuns after = withLosses("b", 2, 1.2, 1.8);
    Comparison comparison = compare(before, after);
    assertThat(comparison.findings().quality())
        .singleElement()
        .satisfies(
            q -> {
              assertThat(q.verdict()).isEqualTo(Verdict.REGRESSED);
              assertThat(q.change().difference()).isCloseTo(0.3, within(1e-9));
              assertThat(q.margin()).isCloseTo(0.015, within(1e-12));
              assertThat(q.change().examples()).isEqualTo(12);
            });
    assertThat(comparison.overall()).isEqualTo(Verdict.REGRESSED);
    assertThat(compare(after, before).findings().quality().get(0).verdict())
        .isEqualTo(Verdict.IMPROVED);
  }

  @Test
  void compare_lossesThatAreNotNumbers_fail() throws Exception {
    Comparison comparison =
        compare(withLosses("a", 1, 1, 1.5), withLosses("b", 2, Double.NaN, Double.NaN));
    assertThat(comparison.findings().quality().get(0).verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(comparison.findings().quality().get(0).reason()).contains("not a number");
  }

  @Test
  void compare_bitIdenticalOutputs_needNoTest() throws Exception {
    Comparison comparison = compare(new StoredRuns(1), new StoredRuns(2));
    assertThat(comparison.findings().quality().get(0).reason()).isEqualTo("bit-identical outputs");
  }

  @Test
  void compare_trialsThatDisagree_areNotBitIdentical() throws Exception {
    StoredRuns unsteady = new StoredRuns(2);
    unsteady.scoresAgree = false;
    Comparison comparison = compare(new StoredRuns(1), unsteady);
    assertThat(comparison.findings().quality().get(0).reason()).isEqualTo("the same figure");
    assertThat(comparison.trust())
        .contains(
            "the candidate's outputs differ from trial to trial: scores are the first good one's, "
                + CASE);
  }

  /** Twelve examples whose losses are 1 … 2.1 times a factor. */
  private StoredRuns withLosses(String name, long seed, double factor, double mean)
      throws IOException {
    StoredRuns runs = new StoredRuns(seed);
    runs.folder = folder.resolve(name);
    runs.fingerprint = name;
    runs.loss = mean;
    List<ExampleResult> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Score score = new Score("focal", (1.5 + 0.02 * (i - 5.5)) * factor, "nat", true, 1);
      examples.add(
          new ExampleResult(
              "e" + i, "e" + i, List.of(), 0, List.of(), List.of(score), Optional.empty()));
    }
    Path file = runs.folder.resolve(CaseExamples.fileName(CASE));
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    ResultFiles.write(file, new CaseExamples(CASE, List.of(), examples));
    return runs;
  }

  @Test
  void compare_nothingInCommon_isBadInput() throws Exception {
    StoredRun one = new StoredRuns(1).run();
    StoredRun none =
        new StoredRun(one.folder(), StoredRuns.withoutCases(one.result()), one.source());
    assertThatThrownBy(
            () -> StoredComparison.compare(one, none, PolicyReader.byDefault(), "compare"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no case that both runs have");
  }

  @Test
  void comparisonFile_writtenAndRead_isTheSame() throws Exception {
    StoredRuns few = new StoredRuns(2);
    few.trials = 2;
    few.batches = 70;
    Comparison comparison = compare(new StoredRuns(1), few);
    ComparisonFile.write(OutputTree.of(folder), comparison);
    assertThat(ComparisonFile.read(folder.resolve(ComparisonFile.NAME))).isEqualTo(comparison);
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{\"schemaVersion\": 7}");
    assertThatThrownBy(() -> ComparisonFile.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("schemaVersion")
        .hasMessageContaining("version 1, which this program writes");
    Files.writeString(file, "{\"schemaVersion\": 1, \"kind\"");
    assertThatThrownBy(() -> ComparisonFile.read(file)).isInstanceOf(BadInputException.class);
  }
}
