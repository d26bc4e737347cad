package io.stagemark.run.record;

import io.stagemark.config.MeasureSettings.TotalFrom;
import io.stagemark.data.ImageSize;
import io.stagemark.data.Stage;
import io.stagemark.result.SizeLatency;
import io.stagemark.trial.sample.SizeFile;
import io.stagemark.trial.sample.StageTimes;
import io.stagemark.trial.sample.TrialSamples;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The times of a case by the size of its image input. */
final class CaseBySize {
  private CaseBySize() {}

  /**
   * Returns the times of each size, over all trials together, the smallest size first; none of a
   * case of one size.
   *
   * @param flops of an image, by size
   */
  static List<SizeLatency> of(
      List<TrialSamples> trials, Map<ImageSize, Long> flops, TotalFrom totalFrom) {
    SortedSet<ImageSize> sizes = new TreeSet<>();
    trials.forEach(trial -> trial.sizes().forEach(row -> sizes.add(row.size())));
    List<SizeLatency> bySize = new ArrayList<>();
    for (ImageSize size : sizes) {
      long examples =
          trials.stream()
              .flatMap(trial -> trial.sizes().stream())
              .filter(row -> row.size().equals(size))
              .map(SizeFile.Row::example)
              .distinct()
              .count();
      bySize.add(
          new SizeLatency(
              size.widthPx(),
              size.heightPx(),
              Math.toIntExact(examples),
              Optional.ofNullable(flops.get(size)),
              StageTimes.of(trials.stream().map(trial -> only(trial, size)).toList(), totalFrom)));
    }
    return bySize;
  }

  private static Map<Stage, long[]> only(TrialSamples trial, ImageSize size) {
    int[] batches =
        IntStream.range(0, trial.sizes().size())
            .filter(batch -> trial.sizes().get(batch).size().equals(size))
            .toArray();
    Map<Stage, long[]> times = new EnumMap<>(Stage.class);
    trial
        .stages()
        .forEach(
            (stage, nanos) ->
                times.put(stage, IntStream.of(batches).mapToLong(b -> nanos[b]).toArray()));
    return times;
  }
}
