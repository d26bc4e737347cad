package io.stagemark.result.comparison;

import java.util.List;

/**
 * The pairs of a live gate in the order of measurement.
 *
 * @param screening those before anything was decided
 * @param confirming further ones; empty where nothing moved and nothing could have been missed
 */
public record MeasuredPairs(List<PairRecord> screening, List<PairRecord> confirming) {
  public MeasuredPairs {
    screening = List.copyOf(screening);
    confirming = List.copyOf(confirming);
  }
}
