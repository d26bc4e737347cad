package io.stagemark.task;

import io.stagemark.data.Score;
import io.stagemark.scoring.kernel.CompensatedSum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Means of the examples' own scores, by name. Not thread-safe. */
final class Means {
  private final Map<String, CompensatedSum> sums = new LinkedHashMap<>();
  private long count;

  /** Adds one example. */
  void add(List<Score> scores) {
    count++;
    scores.forEach(
        score -> sums.computeIfAbsent(score.name(), n -> new CompensatedSum()).add(score.value()));
  }

  /** Returns the number of examples. */
  long count() {
    return count;
  }

  /** Returns the mean over the examples; NaN of nothing. */
  double of(String name) {
    CompensatedSum sum = sums.get(name);
    return sum == null ? Double.NaN : sum.value() / count;
  }

  static Score loss(String name, double value, long count) {
    return new Score(name, value, "nat", true, count);
  }

  static Score ratio(String name, double value, long count) {
    return new Score(name, value, "ratio", false, count);
  }
}
