package io.stagemark.trial.sample;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.Stage;
import io.stagemark.result.CaseResult;
import io.stagemark.stats.Distribution;
import io.stagemark.stats.Pooled;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times by stage in the order of the report: the stages, the gap, the total. */
public final class StageTimes {
  private StageTimes() {}

  /** Returns the distributions of one trial; empty if nothing was measured. */
  public static Map<String, Distribution> of(Samples samples, TotalFrom totalFrom) {
    Map<Stage, long[]> columns = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      columns.put(stage, samples.of(stage));
    }
    return of(List.of(columns), totalFrom);
  }

  /** Returns the distributions over the samples of several trials together. */
  public static Map<String, Distribution> of(List<Map<Stage, long[]>> trials, TotalFrom totalFrom) {
    Map<String, Distribution> stages = new LinkedHashMap<>();
    long[] gap = column(trials, Stage.TOTAL);
    if (gap.length == 0) {
      return stages;
    }
    for (Stage stage : List.of(Stage.DECODE, Stage.PREPROCESS, Stage.FORWARD, Stage.POSTPROCESS)) {
      long[] nanos = column(trials, stage);
      stages.put(stage.label(), Distribution.of(nanos));
      if (stage != Stage.DECODE || totalFrom == TotalFrom.FILE) {
        for (int i = 0; i < gap.length; i++) {
          gap[i] -= nanos[i];
        }
      }
    }
    stages.put(CaseResult.GAP, Distribution.of(gap));
    stages.put(Stage.TOTAL.label(), Distribution.of(column(trials, Stage.TOTAL)));
    return stages;
  }

  private static long[] column(List<Map<Stage, long[]>> trials, Stage stage) {
    return Pooled.of(trials, trial -> trial.getOrDefault(stage, new long[0]));
  }
}
