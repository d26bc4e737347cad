package io.stagemark.inspect.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads class names, sizes and numbers out of plain data, whoever wrote it. */
final class PlainData {
  private static final int MAX_NAMES = 100_000;

  private PlainData() {}

  /**
   * Returns class names in the order of their indices: a list of strings, or a map from 0, 1, … to
   * strings, its keys numbers or texts of numbers; empty if it is neither.
   */
  static Optional<List<String>> names(@Nullable Object value) {
    List<String> names = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> names.add(String.valueOf(item)));
    } else if (value instanceof Map<?, ?> map && map.size() <= MAX_NAMES) {
      TreeMap<Integer, String> sorted = new TreeMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        OptionalInt index = integer(entry.getKey());
        if (index.isEmpty()) {
          return Optional.empty();
        }
        sorted.put(index.getAsInt(), String.valueOf(entry.getValue()));
      }
      if (!sorted.isEmpty() && (sorted.firstKey() != 0 || sorted.lastKey() != sorted.size() - 1)) {
        return Optional.empty();
      }
      names.addAll(sorted.values());
    }
    return names.isEmpty() || names.size() > MAX_NAMES ? Optional.empty() : Optional.of(names);
  }

  /** Returns a whole number in [0, 2³¹), also one that is written as a text. */
  static OptionalInt integer(@Nullable Object value) {
    if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 0) {
      return OptionalInt.of(number.intValue());
    }
    if (value instanceof String text && text.matches("\\d{1,9}")) {
      return OptionalInt.of(Integer.parseInt(text));
    }
    return OptionalInt.empty();
  }

  /** Returns a list of whole numbers; one number is a list of one. */
  static Optional<List<Integer>> integers(@Nullable Object value) {
    List<?> items =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    List<Integer> found = new ArrayList<>();
    for (Object item : items) {
      OptionalInt number = integer(item);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      found.add(number.getAsInt());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** Returns a list of finite numbers; one number is a list of one. */
  static Optional<List<Double>> reals(@Nullable Object value) {
    List<?> items =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    List<Double> found = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof Number number) || !Double.isFinite(number.doubleValue())) {
        return Optional.empty();
      }
      found.add(number.doubleValue());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  static boolean isTrue(@Nullable Object value) {
    return Boolean.TRUE.equals(value) || "True".equals(value) || "true".equals(value);
  }
}
