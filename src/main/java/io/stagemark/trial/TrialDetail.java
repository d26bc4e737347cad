package io.stagemark.trial;

import io.stagemark.result.CandidateFigures;
import io.stagemark.result.StageDetail;
import io.stagemark.result.SubStages;
import io.stagemark.result.SubStages.StageParts;
import io.stagemark.result.SubStages.SubStage;
import io.stagemark.stats.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a trial knows beyond its stages' times.
 *
 * @param candidates boxes before and after suppression; empty for what is no detector
 * @param laps of the pass over sub-stages; empty unless it was asked for
 */
public record TrialDetail(Optional<CandidateFigures> candidates, List<StageLaps> laps) {
  public TrialDetail {
    laps = List.copyOf(laps);
  }

  /**
   * Returns what a case knows: the counts of its first trial, whose scores it reports too, and the
   * sub-stages of all.
   */
  public static Optional<StageDetail> of(List<TrialDetail> trials) {
    if (trials.isEmpty()) {
      return Optional.empty();
    }
    Map<String, StageLaps> joined = new LinkedHashMap<>();
    trials.forEach(
        trial -> trial.laps.forEach(laps -> joined.merge(laps.stage(), laps, StageLaps::and)));
    return Optional.of(
        new StageDetail(
            trials.get(0).candidates,
            joined.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new SubStages(joined.values().stream().map(TrialDetail::parts).toList()))));
  }

  private static StageParts parts(StageLaps laps) {
    List<SubStage> parts = new ArrayList<>();
    laps.lapNanos()
        .forEach(
            (name, nanos) ->
                parts.add(
                    new SubStage(
                        name, distribution(nanos), medianShare(nanos, laps.wholeNanos()))));
    return new StageParts(laps.stage(), distribution(laps.wholeNanos()), parts);
  }

  private static double medianShare(List<Long> part, List<Long> whole) {
    double[] shares =
        IntStream.range(0, part.size())
            .mapToDouble(i -> (double) part.get(i) / Math.max(1, whole.get(i)))
            .sorted()
            .toArray();
    return shares[(shares.length - 1) / 2];
  }

  private static Distribution distribution(List<Long> nanos) {
    return Distribution.of(nanos.stream().mapToLong(each -> each).toArray());
  }
}
