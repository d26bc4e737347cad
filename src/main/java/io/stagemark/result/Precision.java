package io.stagemark.result;

import io.stagemark.result.Validity.Reason;
import io.stagemark.stats.RepeatInterval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How precisely the figures of a case are known. The intervals take in the differences between its
 * trials, and what widened them is named: none of it makes a figure wrong.
 *
 * @param totalNanos of the total's {@link #MEAN} and of each percentile that has enough samples,
 *     such as {@code p50}; in nanoseconds
 * @param stageNanos of each stage's p50, by the stage; in nanoseconds
 * @param framesPerSecond images a second
 * @param causes of the width, the largest first, each with what would help
 */
public record Precision(
    Map<String, RepeatInterval> totalNanos,
    Map<String, RepeatInterval> stageNanos,
    Optional<RepeatInterval> framesPerSecond,
    List<Reason> causes) {
  /** The key of the mean in {@link #totalNanos}. */
  public static final String MEAN = "mean";

  public Precision {
    totalNanos = Collections.unmodifiableMap(new LinkedHashMap<>(totalNanos)); // in order
    stageNanos = Collections.unmodifiableMap(new LinkedHashMap<>(stageNanos));
    causes = List.copyOf(causes);
  }

  /** Returns the interval of the headline, the total's p50; empty if it has too few samples. */
  public Optional<RepeatInterval> headline() {
    return Optional.ofNullable(totalNanos.get("p50"));
  }
}
