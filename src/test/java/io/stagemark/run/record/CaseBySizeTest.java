package io.stagemark.run.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Stage;
import io.stagemark.result.Operations;
import io.stagemark.result.SizeLatency;
import io.stagemark.trial.sample.SizeFile;
import io.stagemark.trial.sample.TrialSamples;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CaseBySizeTest {
  private static final ImageSize WIDE = new ImageSize(64, 32);
  private static final ImageSize SQUARE = new ImageSize(64, 64);

  private static TrialSamples trial(long[] forward, SizeFile.Row... sizes) {
    Map<Stage, long[]> times = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      times.put(stage, stage == Stage.FORWARD ? forward : new long[forward.length]);
    }
    return new TrialSamples(times, Optional.empty(), Optional.empty(), List.of(sizes));
  }

  // wide: 10, 30 in one trial and 20 in the other, of examples 0 and 2; square: 500 of example 1
  @Test
  void of_batchesOfTwoSizes_arePooledBySize() {
    SizeFile.Row zero = new SizeFile.Row(0, WIDE);
    SizeFile.Row one = new SizeFile.Row(1, SQUARE);
    SizeFile.Row two = new SizeFile.Row(2, WIDE);
    List<SizeLatency> sizes =
        CaseBySize.of(
            List.of(trial(new long[] {10, 500, 30}, zero, one, two), trial(new long[] {20}, zero)),
            Map.of(SQUARE, 7L),
            TotalFrom.FILE);
    assertThat(sizes).hasSize(2);
    assertThat(sizes.get(0))
        .returns(64, SizeLatency::widthPx)
        .returns(32, SizeLatency::heightPx)
        .returns(2, SizeLatency::examples)
        .returns(Optional.empty(), SizeLatency::flops);
    assertThat(sizes.get(0).stage("forward").orElseThrow())
        .returns(3L, times -> times.count())
        .returns(20.0, times -> times.meanNanos())
        .returns(30L, times -> times.maxNanos());
    assertThat(sizes.get(1)).returns(1, SizeLatency::examples);
    assertThat(sizes.get(1).flops()).contains(7L);
    assertThat(sizes.get(1).stage("forward").orElseThrow().maxNanos()).isEqualTo(500);
  }

  @Test
  void of_trialsOfOneSize_areEmpty() {
    assertThat(CaseBySize.of(List.of(trial(new long[] {1})), Map.of(), TotalFrom.FILE)).isEmpty();
  }

  private static CaseCounting.Counted counted(long macs) {
    return new CaseCounting.Counted(
        new Operations("m.onnx", macs, 2 * macs, 5, Map.of(), Optional.empty()),
        true,
        "json of " + macs,
        Map.of());
  }

  // (3 · 100 + 1 · 200) / 4
  @Test
  void mean_ofSizes_isOverTheExamples() {
    SizedCounts counts = new SizedCounts();
    assertThat(counts.mean()).isEmpty();
    counts.add(WIDE, 3, counted(100));
    counts.add(SQUARE, 1, counted(200));
    CaseCounting.Counted mean = counts.mean().orElseThrow();
    assertThat(mean.operations())
        .returns(125L, Operations::macs)
        .returns(250L, Operations::flops)
        .returns(5L, Operations::parameters);
    assertThat(mean.needsRun()).isFalse();
    assertThat(mean.json()).isEqualTo("json of 100");
    assertThat(mean.flopsBySize()).isEqualTo(Map.of(WIDE, 200L, SQUARE, 400L));
  }
}
