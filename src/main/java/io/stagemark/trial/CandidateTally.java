package io.stagemark.trial;

import io.stagemark.data.CandidateCounts;
import io.stagemark.data.Prediction;
import io.stagemark.result.CandidateFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Gathers how many boxes each example had before and after suppression, on its timed outputs. */
final class CandidateTally {
  private final List<CandidateCounts> counts = new ArrayList<>();

  /** Adds one example; ignores one without boxes. */
  void add(Prediction prediction) {
    if (prediction instanceof Prediction.Objects objects) {
      counts.add(objects.candidates());
    }
  }

  /** Returns the figures; empty if no example had boxes to count. */
  Optional<CandidateFigures> figures() {
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CandidateFigures(
            counts.size(),
            spread(CandidateCounts::aboveThreshold),
            spread(CandidateCounts::intoNms),
            spread(CandidateCounts::kept),
            counts.stream().mapToLong(CandidateCounts::nonFinite).sum()));
  }

  private CandidateFigures.Spread spread(ToIntFunction<CandidateCounts> count) {
    int[] sorted = counts.stream().mapToInt(count).sorted().toArray();
    // nearest rank, as every percentile here
    return new CandidateFigures.Spread(
        sorted[0], sorted[(sorted.length - 1) / 2], sorted[sorted.length - 1]);
  }
}
