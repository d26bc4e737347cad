package io.stagemark.result.comparison;

import java.util.List;

/**
 * The pairs of a live gate in the order of measurement.
 *
 * @param screening what every metric was screened with
 * @param confirming the fresh ones that decided; empty where screening flagged nothing
 */
public record MeasuredPairs(List<PairRecord> screening, List<PairRecord> confirming) {
  public MeasuredPairs {
    screening = List.copyOf(screening);
    confirming = List.copyOf(confirming);
  }
}
