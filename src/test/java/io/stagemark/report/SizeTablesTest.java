package io.stagemark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.result.CaseLabels;
import io.stagemark.result.CaseResult;
import io.stagemark.result.RunResult;
import io.stagemark.result.SizeLatency;
import io.stagemark.stats.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SizeTablesTest {
  private static Distribution steady(int count, long nanos) {
    long[] all = new long[count];
    Arrays.fill(all, nanos);
    return Distribution.of(all);
  }

  private static SizeLatency size(int width, int count, long millis, Optional<Long> flops) {
    return new SizeLatency(
        width,
        320,
        3,
        flops,
        Map.of(
            "forward", steady(count, millis * 1_000_000),
            "total", steady(count, (millis + 5) * 1_000_000)));
  }

  private static RunResult run(List<SizeLatency> sizes) {
    RunResult sample = SampleRun.complete();
    CaseResult one = sample.cases().get(0);
    CaseResult sized =
        new CaseResult(
            one.id(),
            one.key(),
            one.status(),
            new CaseResult.Timed(
                one.timed().stages(),
                one.timed().framesPerSecond(),
                one.timed().detail(),
                one.timed().load(),
                sizes),
            one.operations(),
            one.scored(),
            one.trials(),
            one.proof());
    return SampleRun.with(sample, List.of(sized));
  }

  private static CaseLabels labels(RunResult run) {
    return CaseLabels.of(run.cases());
  }

  // 2e9 operations in 10 ms are 200 GFLOP/s; of 200 batches p95 is known, of 20 it is not
  @Test
  void markdown_twoSizes_haveARowEach() {
    RunResult run =
        run(
            List.of(
                size(224, 20, 4, Optional.empty()),
                size(640, 200, 10, Optional.of(2_000_000_000L))));
    String label = labels(run).labels().get(0);
    assertThat(SizeTables.markdown(run, labels(run)))
        .contains("| " + label + " | 224x320 | 3 | 20 | 9.00 | – | 4.00 | – | – | – |\n")
        .contains("| 640x320 | 3 | 200 | 15.00 | 15.00 | 10.00 | 10.00 | 2.00 | 200.0 |\n");
    assertThat(SizeTables.console(run, labels(run))).contains("640x320", "200.0", "by size");
  }

  @Test
  void hints_fewSizes_areAllNamed() {
    RunResult run =
        run(List.of(size(224, 20, 4, Optional.empty()), size(640, 20, 10, Optional.empty())));
    assertThat(SizeTables.hints(run, labels(run)))
        .containsExactly("p50 by size of the input: 224x320 9.00 ms, 640x320 15.00 ms");
  }

  @Test
  void hints_manySizes_nameTheSmallestAndTheLargest() {
    RunResult run =
        run(
            IntStream.rangeClosed(1, 9)
                .mapToObj(i -> size(32 * i, 20, i, Optional.empty()))
                .toList());
    assertThat(SizeTables.hints(run, labels(run)))
        .containsExactly(
            "p50 by size of the input: 32x320 6.00 ms, 64x320 7.00 ms, 256x320 13.00 ms,"
                + " 288x320 14.00 ms; all 9 are in the report");
  }

  @Test
  void renderings_casesOfOneSize_areAsBefore() {
    RunResult run = SampleRun.complete();
    assertThat(SizeTables.markdown(run, labels(run))).isEmpty();
    assertThat(SizeTables.console(run, labels(run))).isEmpty();
    assertThat(SizeTables.hints(run, labels(run))).isEmpty();
  }

  /** The mean of the operations by the median of other batches would be a rate of neither. */
  @Test
  void values_mixedSizes_haveNoRate() {
    RunResult one = run(List.of(size(640, 20, 10, Optional.empty())));
    RunResult two =
        run(List.of(size(224, 20, 4, Optional.empty()), size(640, 20, 10, Optional.empty())));
    assertThat(new ValuesTable(one, labels(one)).whole()).contains("70.3");
    assertThat(new ValuesTable(two, labels(two)).whole()).contains("2.81").doesNotContain("70.3");
  }
}
