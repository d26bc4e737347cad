package io.stagemark.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times of a stage and of its sub-stages, batch by batch, in nanoseconds.
 *
 * @param stage its label, such as {@code preprocess}
 * @param wholeNanos of the stage
 * @param lapNanos of each sub-stage, in the order in which they end; as many values as the stage
 */
record StageLaps(String stage, List<Long> wholeNanos, Map<String, List<Long>> lapNanos) {
  StageLaps {
    wholeNanos = List.copyOf(wholeNanos);
  }

  /** Returns the same stage with another trial's batches behind this one's. */
  StageLaps and(StageLaps other) {
    Map<String, List<Long>> laps = new LinkedHashMap<>();
    lapNanos.forEach(
        (name, nanos) ->
            laps.put(name, joined(nanos, other.lapNanos.getOrDefault(name, List.of()))));
    return new StageLaps(stage, joined(wholeNanos, other.wholeNanos), laps);
  }

  private static List<Long> joined(List<Long> first, List<Long> second) {
    List<Long> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
