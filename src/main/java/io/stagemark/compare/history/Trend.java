package io.stagemark.compare.history;

import io.stagemark.stats.EDivisive;
import io.stagemark.stats.Median;
import java.util.ArrayList;
import java.util.List;

/**
 * One time of one machine, run after run, since its last new baseline.
 *
 * @param machine fingerprint
 * @param metric such as {@code net/onnxruntime/cpu/t2/b1 forward p50}
 * @param points oldest first
 */
public record Trend(String machine, String metric, List<TrendPoint> points) {
  private static final double ALPHA = 0.01;

  public Trend {
    points = List.copyOf(points);
  }

  /**
   * One run.
   *
   * @param startedAt ISO-8601 instant in UTC
   * @param commit empty if it is not known
   * @param nanos in nanoseconds
   */
  public record TrendPoint(String startedAt, String commit, double nanos) {}

  /**
   * A lasting change.
   *
   * @param first the first run on the new level
   * @param beforeNanos median of the level before, in nanoseconds
   * @param afterNanos median of the new level
   */
  public record Change(TrendPoint first, double beforeNanos, double afterNanos) {}

  /** Returns the lasting changes, oldest first: E-divisive on the logarithms, α = 0.01. */
  public List<Change> changes() {
    double[] logs = points.stream().mapToDouble(p -> Math.log(Math.max(1, p.nanos()))).toArray();
    List<Integer> at = EDivisive.find(logs, ALPHA);
    List<Change> changes = new ArrayList<>();
    for (int c = 0; c < at.size(); c++) {
      int before = c == 0 ? 0 : at.get(c - 1);
      int after = c + 1 < at.size() ? at.get(c + 1) : points.size();
      changes.add(
          new Change(points.get(at.get(c)), median(before, at.get(c)), median(at.get(c), after)));
    }
    return changes;
  }

  private double median(int from, int to) {
    return Median.of(points.subList(from, to).stream().mapToDouble(TrendPoint::nanos).toArray());
  }
}
