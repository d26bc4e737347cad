package io.stagemark.run;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.Stage;
import io.stagemark.report.CaseResult;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Times by stage in the order of the report: the stages, the gap, the total. */
final class StageTimes {
  private StageTimes() {}

  /** Returns the distributions of one trial; empty if nothing was measured. */
  static Map<String, Distribution> of(Samples samples, TotalFrom totalFrom) {
    Map<Stage, long[]> columns = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      columns.put(stage, samples.of(stage));
    }
    return of(List.of(columns), totalFrom);
  }

  /** Returns the distributions over the samples of several trials together. */
  static Map<String, Distribution> of(List<Map<Stage, long[]>> trials, TotalFrom totalFrom) {
    Map<String, Distribution> stages = new LinkedHashMap<>();
    Map<Stage, long[]> all = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      all.put(stage, joined(trials.stream().map(t -> t.getOrDefault(stage, new long[0])).toList()));
    }
    if (all.get(Stage.TOTAL).length == 0) {
      return stages;
    }
    all.forEach(
        (stage, nanos) -> {
          if (stage == Stage.TOTAL) {
            stages.put(CaseResult.GAP, Distribution.of(gap(all, totalFrom)));
          }
          stages.put(stage.label(), Distribution.of(nanos));
        });
    return stages;
  }

  private static long[] joined(List<long[]> parts) {
    return parts.stream().flatMapToLong(java.util.Arrays::stream).toArray();
  }

  private static long[] gap(Map<Stage, long[]> all, TotalFrom totalFrom) {
    List<long[]> within = new ArrayList<>();
    all.forEach(
        (stage, nanos) -> {
          if (stage != Stage.TOTAL && !(stage == Stage.DECODE && totalFrom == TotalFrom.IMAGE)) {
            within.add(nanos);
          }
        });
    long[] gap = all.get(Stage.TOTAL).clone();
    for (long[] stage : within) {
      for (int i = 0; i < gap.length; i++) {
        gap[i] -= stage[i];
      }
    }
    return gap;
  }
}
