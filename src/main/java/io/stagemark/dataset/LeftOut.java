package io.stagemark.dataset;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts truth of classes that a model does not have, by class, to be said in the report. */
final class LeftOut {
  private static final int MAX_NAMED = 5;

  private final String things;
  private final Map<String, Integer> byClass = new TreeMap<>();
  private int all;
  private int left;

  /**
   * @param things what is counted, such as {@code objects}
   */
  LeftOut(String things) {
    this.things = things;
  }

  /** Counts so many more, left out or not. */
  void see(int count) {
    all += count;
  }

  /** Counts so many of those seen as left out. */
  void leave(String className, int count) {
    byClass.merge(className, count, Integer::sum);
    left += count;
  }

  /** Returns whether something was left out and nothing stayed. */
  boolean isAll() {
    return left > 0 && left == all;
  }

  /** Returns what was left out; empty if nothing was. */
  Optional<String> note() {
    if (left == 0) {
      return Optional.empty();
    }
    String most =
        byClass.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MAX_NAMED)
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    return Optional.of(
        ("%d of %d %s are of %d classes that the model does not have, and are left out"
                + " (dataset.unknownClasses: leave-out): %s%s")
            .formatted(
                left, all, things, byClass.size(), most, byClass.size() > MAX_NAMED ? ", …" : ""));
  }
}
