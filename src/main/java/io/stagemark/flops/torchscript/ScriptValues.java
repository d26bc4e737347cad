package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Python takes a value for: a condition, something to loop over. */
final class ScriptValues {
  private static final int LONGEST_RANGE = 5_000_000;

  private ScriptValues() {}

  static boolean truth(@Nullable Object value) {
    if (value instanceof Value tensor) {
      return tensor.known().real(0) != 0;
    }
    return value instanceof Boolean known
        ? known
        : value instanceof Number number && number.doubleValue() != 0;
  }

  static List<@Nullable Object> items(@Nullable Object value) {
    if (value instanceof ScriptTuple tuple) {
      return tuple.items();
    }
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw new ScriptFault("", "%s where a list was expected".formatted(shown(value)));
  }

  /** Returns a value for a message: a list by its length, since one of lists can be endless. */
  static String shown(@Nullable Object value) {
    if (value instanceof ScriptTuple tuple) {
      return "a tuple of " + tuple.items().size();
    }
    if (value instanceof List<?> list) {
      return "a list of " + list.size();
    }
    return value instanceof Map<?, ?> map ? "a dictionary of " + map.size() : String.valueOf(value);
  }

  static Object range(Arguments a) {
    long from = a.count() > 1 ? a.integer(0) : 0;
    long to = a.integer(a.count() > 1 ? 1 : 0);
    long step = a.count() > 2 ? Math.max(1, a.integer(2)) : 1;
    List<@Nullable Object> numbers = new ArrayList<>();
    for (long i = from; i < to; i += step) {
      if (numbers.size() > LONGEST_RANGE) {
        throw new ScriptFault(a.where(), "a loop of %d".formatted(to - from));
      }
      numbers.add(i);
    }
    return numbers;
  }
}
