package io.stagemark.compare.history;

import java.util.List;

/**
 * The figures that the history keeps of a run.
 *
 * @param machine fingerprint of where it was measured
 * @param name of the run
 * @param startedAt ISO-8601 instant in UTC
 * @param commit of the tree that was measured; empty if it is not known
 * @param figures of each case, stage and percentile
 */
public record RunFigures(
    String machine, String name, String startedAt, String commit, List<Figure> figures) {
  public RunFigures {
    figures = List.copyOf(figures);
  }

  /**
   * One time: the geometric mean of the trials' Harrell-Davis quantiles.
   *
   * @param caseId id of the case
   * @param stage such as {@code forward}
   * @param percentile 50, 95 or 99
   * @param nanos in nanoseconds
   */
  public record Figure(String caseId, String stage, int percentile, double nanos) {}
}
