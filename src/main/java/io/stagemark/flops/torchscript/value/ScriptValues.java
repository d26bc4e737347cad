package io.stagemark.flops.torchscript.value;

import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Python takes a value for: a condition, something to loop over, a key. */
public final class ScriptValues {
  private static final int MAX_LIST = 5_000_000;
  private static final int MAX_SHOWN = 80;
  private static final int MAX_COMPARED = 1_000_000;

  private ScriptValues() {}

  /** Returns whether a condition holds; empty where that depends on data. */
  public static Optional<Boolean> truth(@Nullable Object value) {
    if (value instanceof Unknown) {
      return Optional.empty();
    }
    if (value instanceof Value tensor) {
      return tensor.isKnown() && tensor.numbers() != null && tensor.elementCount() == 1
          ? Optional.of(tensor.known().real(0) != 0)
          : Optional.empty();
    }
    return Optional.of(
        value instanceof Boolean known
            ? known
            : value instanceof Number number && number.doubleValue() != 0);
  }

  public static List<@Nullable Object> items(@Nullable Object value) {
    if (value instanceof ScriptTuple tuple) {
      return tuple.items();
    }
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    if (value instanceof ScriptRange range && range.count() <= MAX_LIST) {
      List<@Nullable Object> numbers = new ArrayList<>();
      for (long i = 0; i < range.count(); i++) {
        numbers.add(range.get(i));
      }
      return numbers;
    }
    throw new ScriptFault("", "%s where a list was expected".formatted(shown(value)));
  }

  /** Returns the place of an index in a list; a negative one counts from the end. */
  public static int index(long index, int size, String where) {
    long at = index < 0 ? index + size : index;
    if (at < 0 || at >= size) {
      throw new ScriptFault(where, "index %d of %d items".formatted(index, size));
    }
    return (int) at;
  }

  /** Returns a value that may be a key; a list's hash could take for ever. */
  public static @Nullable Object key(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Value) {
      return value;
    }
    throw new ScriptFault("", "%s as the key of a dictionary".formatted(shown(value)));
  }

  /** Returns a value for a message: a list by its length, since one of lists can be endless. */
  public static String shown(@Nullable Object value) {
    if (value instanceof ScriptTuple tuple) {
      return "a tuple of " + tuple.items().size();
    }
    if (value instanceof List<?> list) {
      return "a list of " + list.size();
    }
    if (value instanceof Unknown) {
      return "a value that depends on data";
    }
    String text =
        value instanceof Map<?, ?> map
            ? "a dictionary of " + map.size()
            : value == null ? "None" : String.valueOf(value);
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  /** Returns whether Python takes two values for equal, lists and tuples item by item. */
  public static boolean equal(@Nullable Object left, @Nullable Object right) {
    return equal(left, right, new int[1]);
  }

  private static boolean equal(@Nullable Object left, @Nullable Object right, int[] compared) {
    if (++compared[0] > MAX_COMPARED) {
      throw new ScriptFault("", "a comparison of more than %d items".formatted(MAX_COMPARED));
    }
    if (left instanceof Unknown || right instanceof Unknown) {
      throw new UnknownShape("it compares a value that depends on data");
    }
    if (isSequence(left) && isSequence(right)) {
      List<@Nullable Object> first = items(left);
      List<@Nullable Object> second = items(right);
      boolean same = first.size() == second.size();
      for (int i = 0; same && i < first.size(); i++) {
        same = equal(first.get(i), second.get(i), compared);
      }
      return same;
    }
    if (left instanceof Long a && right instanceof Long b) {
      return a.longValue() == b.longValue();
    }
    if (numeric(left) instanceof Number a && numeric(right) instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    }
    return left == right
        || (!(left instanceof Map) && !isSequence(left) && Objects.equals(left, right));
  }

  private static boolean isSequence(@Nullable Object value) {
    return value instanceof ScriptTuple || value instanceof List<?>;
  }

  private static @Nullable Object numeric(@Nullable Object value) {
    return value instanceof Boolean truth ? Long.valueOf(truth ? 1 : 0) : value;
  }
}
