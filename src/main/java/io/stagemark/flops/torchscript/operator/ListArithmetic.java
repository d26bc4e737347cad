package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What + and * and max and min do to lists and strings. */
final class ListArithmetic {
  /** A list longer than this is no list of sizes. */
  private static final int MAX_LIST = 1 << 20;

  private ListArithmetic() {}

  static Object apply(Arguments a, String operator) {
    Object left = a.get(0);
    Object right = a.get(1);
    if (operator.equals("add") && left instanceof List<?> first && right instanceof List<?> more) {
      List<@Nullable Object> joined = new ArrayList<>(first);
      joined.addAll(more);
      return bounded(joined);
    }
    if (operator.equals("add") && left instanceof ScriptTuple first) {
      List<@Nullable Object> joined = new ArrayList<>(first.items());
      joined.addAll(a.items(1));
      return ScriptTuple.of(bounded(joined));
    }
    if (operator.equals("add") && left instanceof String text && right instanceof String more) {
      return joined(text, more);
    }
    if (operator.equals("mul") && left instanceof List<?> list) {
      return repeated(list, a.integer(1));
    }
    if (a.count() == 1 && left instanceof List<?> list && !list.isEmpty()) {
      return extreme(list, operator);
    }
    throw a.misfit("numbers, or two lists", left);
  }

  private static Object extreme(List<?> list, String operator) {
    boolean most = operator.equals("max");
    Object best = list.get(0);
    for (Object one : list) {
      if (one instanceof Unknown) {
        return one;
      }
      double difference = ((Number) one).doubleValue() - ((Number) best).doubleValue();
      best = (most ? difference > 0 : difference < 0) ? one : best;
    }
    return best;
  }

  private static List<@Nullable Object> repeated(List<?> list, long times) {
    List<@Nullable Object> result = new ArrayList<>();
    for (long i = 0; i < times && !list.isEmpty() && result.size() <= MAX_LIST; i++) {
      result.addAll(list);
    }
    return bounded(result);
  }

  private static String joined(String left, String right) {
    if (left.length() + right.length() > MAX_LIST) {
      throw new ScriptFault("", "a text of more than %d letters".formatted(MAX_LIST));
    }
    return left + right;
  }

  static List<@Nullable Object> bounded(List<@Nullable Object> list) {
    if (list.size() > MAX_LIST) {
      throw new ScriptFault("", "a list of more than %d".formatted(MAX_LIST));
    }
    return list;
  }
}
