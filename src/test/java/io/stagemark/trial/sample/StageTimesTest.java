package io.stagemark.trial.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.Stage;
import io.stagemark.stats.Distribution;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StageTimesTest {
  // decode 10, preprocess 20, forward 300, postprocess 5, total 340: gap 5; without decode 15.
  private static final long[] NANOS = {10, 20, 300, 5, 340};

  @Test
  void of_totalFromFile_gapIsTotalMinusAllStages() {
    var times = StageTimes.of(List.of(columns(NANOS)), TotalFrom.FILE);
    assertThat(times.keySet())
        .containsExactly("decode", "preprocess", "forward", "postprocess", "gap", "total");
    assertThat(stage(times, "gap").meanNanos()).isEqualTo(5);
    assertThat(stage(times, "total").count()).isEqualTo(1);
  }

  @Test
  void of_totalFromImage_leavesDecodeOutOfTheGap() {
    var times = StageTimes.of(List.of(columns(NANOS)), TotalFrom.IMAGE);
    assertThat(stage(times, "gap").meanNanos()).isEqualTo(15);
    assertThat(stage(times, "decode").meanNanos()).isEqualTo(10);
  }

  @Test
  void of_twoTrials_poolsTheirSamples() {
    var times =
        StageTimes.of(
            List.of(columns(NANOS), columns(new long[] {30, 20, 300, 5, 365})), TotalFrom.FILE);
    assertThat(stage(times, "decode").count()).isEqualTo(2);
    assertThat(stage(times, "decode").meanNanos()).isEqualTo(20);
    assertThat(stage(times, "gap").maxNanos()).isEqualTo(10);
  }

  @Test
  void of_nothing_isEmpty() {
    assertThat(StageTimes.of(List.of(), TotalFrom.FILE)).isEmpty();
  }

  private static Distribution stage(Map<String, Distribution> times, String name) {
    return Objects.requireNonNull(times.get(name));
  }

  private static Map<Stage, long[]> columns(long[] nanos) {
    Map<Stage, long[]> columns = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      columns.put(stage, new long[] {nanos[stage.ordinal()]});
    }
    return columns;
  }
}
