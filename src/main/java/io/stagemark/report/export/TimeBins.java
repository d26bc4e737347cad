package io.stagemark.report.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often which time was measured, in at most some hundred bins: the times themselves while there
 * are few, then bins of 1 % (a time is written as its bin's geometric middle, so at most 0.5 %
 * off).
 */
final class TimeBins {
  private static final int MAX_EXACT = 256;
  private static final double LOG_WIDTH = Math.log(1.01);

  private final TreeMap<Long, Long> counts = new TreeMap<>();
  private boolean exact = true;

  /** Adds one time, in nanoseconds. */
  void add(long nanos) {
    count(exact ? nanos : bin(nanos), 1);
    if (exact && counts.size() > MAX_EXACT) {
      Map<Long, Long> times = new TreeMap<>(counts);
      counts.clear();
      exact = false;
      times.forEach((time, count) -> count(bin(time), count));
    }
  }

  private void count(long key, long count) {
    counts.merge(key, count, Long::sum);
  }

  private static long bin(long nanos) {
    return Math.round(Math.log((double) Math.max(1, nanos)) / LOG_WIDTH);
  }

  /**
   * Returns pairs of a time and how often it was measured, by time.
   *
   * @param factor from nanoseconds to the unit of the times
   */
  List<List<Number>> pairs(double factor) {
    List<List<Number>> pairs = new ArrayList<>();
    counts.forEach(
        (key, count) -> {
          double nanos = exact ? key : Math.exp(key * LOG_WIDTH);
          pairs.add(List.of(PlainNumber.rounded(nanos * factor), count));
        });
    return pairs;
  }
}
