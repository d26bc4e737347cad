package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Numbers;
import io.stagemark.flops.onnx.OnnxType;
import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Operators on numbers, strings, lists and dictionaries, and questions about tensors. */
final class ScalarOps {
  /** A list longer than this is no list of sizes. */
  private static final int LONGEST_LIST = 1 << 20;

  private ScalarOps() {}

  static void register(Map<String, Operator> ops) {
    arithmetic(ops, "add", Math::addExact, Double::sum);
    arithmetic(ops, "sub", Math::subtractExact, (x, y) -> x - y);
    arithmetic(ops, "mul", Math::multiplyExact, (x, y) -> x * y);
    arithmetic(ops, "floordiv", ScalarOps::floorDiv, (x, y) -> Math.floor(x / y));
    arithmetic(ops, "remainder", ScalarOps::floorMod, (x, y) -> x - y * Math.floor(x / y));
    arithmetic(ops, "max", Math::max, Math::max);
    arithmetic(ops, "min", Math::min, Math::min);
    arithmetic(ops, "div", null, (x, y) -> x / y);
    arithmetic(ops, "pow", (x, y) -> Math.round(Math.pow((double) x, (double) y)), Math::pow);
    compare(ops, "lt", (x, y) -> x < y);
    compare(ops, "le", (x, y) -> x <= y);
    compare(ops, "gt", (x, y) -> x > y);
    compare(ops, "ge", (x, y) -> x >= y);
    either(ops, "eq", a -> equal(a.get(0), a.get(1)));
    either(ops, "ne", a -> !equal(a.get(0), a.get(1)));
    either(ops, "neg", a -> negative(a.get(0)));
    either(ops, "floor", a -> (long) Math.floor(a.real(0, "", 0)));
    either(ops, "ceil", a -> (long) Math.ceil(a.real(0, "", 0)));
    either(ops, "round", a -> Math.rint(a.real(0, "", 0)));
    either(ops, "sqrt", a -> Math.sqrt(a.real(0, "", 0)));
    either(ops, "abs", a -> a.get(0) instanceof Long w ? Math.abs(w) : Math.abs(a.real(0, "", 0)));
    ops.put("__is__", a -> a.get(0) == a.get(1) || equal(a.get(0), a.get(1)));
    ops.put("__isnot__", a -> !(a.get(0) == a.get(1) || equal(a.get(0), a.get(1))));
    ops.put("__not__", a -> a.integer(0) == 0);
    either(ops, "__and__", a -> a.integer(0) != 0 && a.integer(1) != 0);
    either(ops, "__or__", a -> a.integer(0) != 0 || a.integer(1) != 0);
    registerLists(ops);
    registerQuestions(ops);
  }

  /** Numbers are computed here; with a tensor among them, the tensor's operator decides. */
  private static void either(Map<String, Operator> ops, String name, Operator onNumbers) {
    Operator onTensors = ops.get(name);
    ops.put(
        name, a -> a.anyTensor() && onTensors != null ? onTensors.apply(a) : onNumbers.apply(a));
  }

  private static void arithmetic(
      Map<String, Operator> ops,
      String name,
      @Nullable LongBinaryOperator whole,
      DoubleBinaryOperator real) {
    either(
        ops,
        name,
        a -> {
          Object left = a.get(0);
          Object right = a.get(1);
          if (name.equals("add")
              && left instanceof List<?> first
              && right instanceof List<?> more) {
            List<@Nullable Object> joined = new ArrayList<>(first);
            joined.addAll(more);
            return bounded(joined);
          }
          if (name.equals("add") && left instanceof String text) {
            return text + right;
          }
          if (name.equals("mul") && left instanceof List<?> list) {
            return repeated(list, a.integer(1));
          }
          if (a.count() == 1 && left instanceof List<?> list) {
            return extreme(list, name);
          }
          if (whole != null && left instanceof Long a1 && right instanceof Long b1) {
            return whole.applyAsLong(a1, b1);
          }
          return real.applyAsDouble(a.real(0, "", 0), a.real(1, "", 0));
        });
  }

  private static Object extreme(List<?> list, String name) {
    boolean most = name.equals("max");
    Object best = list.get(0);
    for (Object one : list) {
      double difference = ((Number) one).doubleValue() - ((Number) best).doubleValue();
      best = (most ? difference > 0 : difference < 0) ? one : best;
    }
    return best;
  }

  private static List<@Nullable Object> repeated(List<?> list, long times) {
    List<@Nullable Object> result = new ArrayList<>();
    for (long i = 0; i < times && result.size() <= LONGEST_LIST; i++) {
      result.addAll(list);
    }
    return bounded(result);
  }

  private static List<@Nullable Object> bounded(List<@Nullable Object> list) {
    if (list.size() > LONGEST_LIST) {
      throw new ScriptFault("", "a list of more than %d".formatted(LONGEST_LIST));
    }
    return list;
  }

  private static long floorDiv(long a, long b) {
    return b == 0 ? zero() : Math.floorDiv(a, b);
  }

  private static long floorMod(long a, long b) {
    return b == 0 ? zero() : Math.floorMod(a, b);
  }

  private static long zero() {
    throw new ScriptFault("", "a division by zero");
  }

  /** A comparison of two numbers. */
  private interface Comparison {
    boolean of(double left, double right);
  }

  private static void compare(Map<String, Operator> ops, String name, Comparison comparison) {
    either(ops, name, a -> comparison.of(a.real(0, "", 0), a.real(1, "", 0)));
  }

  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    }
    return Objects.equals(left, right);
  }

  private static Object negative(@Nullable Object value) {
    if (value instanceof Long whole) {
      return -whole;
    }
    return value instanceof Double real ? -real : 0L;
  }

  @SuppressWarnings("unchecked")
  private static List<@Nullable Object> list(Arguments a) {
    Object found = a.get(0);
    if (found instanceof ScriptTuple tuple) {
      return tuple.items();
    }
    if (!(found instanceof List<?>)) {
      throw a.misfit("a list", found);
    }
    return (List<@Nullable Object>) found;
  }

  @SuppressWarnings("unchecked")
  private static Map<@Nullable Object, @Nullable Object> map(Arguments a) {
    if (!(a.get(0) instanceof Map<?, ?> found)) {
      throw a.misfit("a dictionary", a.get(0));
    }
    return (Map<@Nullable Object, @Nullable Object>) found;
  }

  private static void registerLists(Map<String, Operator> ops) {
    ops.put(
        "append",
        a -> {
          list(a).add(a.get(1));
          bounded(list(a));
          return list(a);
        });
    ops.put(
        "extend",
        a -> {
          list(a).addAll(a.items(1));
          return null;
        });
    ops.put(
        "insert",
        a -> {
          list(a).add((int) a.integer(1), a.get(2));
          return null;
        });
    ops.put("pop", a -> list(a).remove((int) a.integer(1, "idx", list(a).size() - 1)));
    ops.put(
        "clear",
        a -> {
          list(a).clear();
          return null;
        });
    ops.put(
        "list",
        a ->
            a.get(0) instanceof String text
                ? text.chars().mapToObj(c -> String.valueOf((char) c)).toList()
                : new ArrayList<>(list(a)));
    either(ops, "copy", a -> new ArrayList<>(a.items(0)));
    either(ops, "sum", ScalarOps::sum);
    either(ops, "all", a -> a.items(0).stream().allMatch(Boolean.TRUE::equals));
    either(ops, "any", a -> a.items(0).stream().anyMatch(Boolean.TRUE::equals));
    ops.put("len", ScalarOps::length);
    ops.put(
        "__getitem__",
        a -> list(a).get((int) (a.integer(1) < 0 ? a.integer(1) + list(a).size() : a.integer(1))));
    ops.put("_set_item", ScalarOps::setItem);
    ops.put("__contains__", ScalarOps::contains);
    ops.put("slice", ScalarOps::slice);
    ops.put(
        "split",
        a ->
            a.isTensor(0)
                ? MoveOps.split(a)
                : List.of(
                    a.text(0, "", "")
                        .split(java.util.regex.Pattern.quote(a.text(1, "", " ")), -1)));
    ops.put("format", a -> a.text(0, "", ""));
    ops.put("find", a -> (long) a.text(0, "", "").indexOf(a.text(1, "", "")));
    ops.put("dict", a -> new LinkedHashMap<@Nullable Object, @Nullable Object>());
    ops.put("keys", a -> new ArrayList<>(map(a).keySet()));
    ops.put("values", a -> new ArrayList<>(map(a).values()));
    ops.put(
        "items",
        a -> {
          List<@Nullable Object> all = new ArrayList<>();
          map(a).forEach((k, v) -> all.add(ScriptTuple.of(java.util.Arrays.asList(k, v))));
          return all;
        });
    List.of("warn", "print", "Print").forEach(name -> ops.put(name, a -> null));
  }

  private static Object sum(Arguments a) {
    boolean whole = a.items(0).stream().allMatch(Long.class::isInstance);
    double sum = 0;
    for (Object item : a.items(0)) {
      sum += item instanceof Number number ? number.doubleValue() : 0;
    }
    return whole ? (Object) (long) sum : (Object) sum;
  }

  private static Object length(Arguments a) {
    Object found = a.get(0);
    if (found instanceof String text) {
      return (long) text.length();
    }
    if (found instanceof Map<?, ?> map) {
      return (long) map.size();
    }
    return found instanceof Value value ? value.extent(0) : Long.valueOf(list(a).size());
  }

  private static @Nullable Object setItem(Arguments a) {
    if (a.get(0) instanceof Map<?, ?>) {
      map(a).put(a.get(1), a.get(2));
    } else {
      list(a).set((int) a.integer(1), a.get(2));
    }
    return a.get(0);
  }

  private static Object contains(Arguments a) {
    if (a.get(0) instanceof Map<?, ?> map) {
      return map.containsKey(a.get(1));
    }
    if (a.get(0) instanceof String text) {
      return text.contains(a.text(1, "", ""));
    }
    return list(a).stream().anyMatch(item -> equal(item, a.get(1)));
  }

  /** Of a tensor: x, dim, start, end, step; of a list: x, start, end, step. */
  private static Object slice(Arguments a) {
    if (a.get(0) instanceof Value x) {
      int at = MoveOps.axis(a.integer(1, "dim", 0), x.rank());
      long[] ends = ends(a, 2, x.extent(at));
      List<Long> shape = new ArrayList<>(x.shape());
      shape.set(at, Math.max(0, (ends[1] - ends[0] + ends[2] - 1) / ends[2]));
      return x.viewedAs(shape).forgetful();
    }
    boolean isText = a.get(0) instanceof String;
    long length = isText ? a.text(0, "", "").length() : list(a).size();
    long[] ends = ends(a, 1, length);
    if (isText) {
      return a.text(0, "", "").substring((int) ends[0], (int) Math.max(ends[0], ends[1]));
    }
    List<@Nullable Object> result = new ArrayList<>();
    for (long i = ends[0]; i < ends[1]; i += ends[2]) {
      result.add(list(a).get((int) i));
    }
    return result;
  }

  private static long[] ends(Arguments a, int first, long extent) {
    long start = a.integer(first, "start", 0);
    long end = a.integer(first + 1, "end", Long.MAX_VALUE);
    long step = Math.max(1, a.integer(first + 2, "step", 1));
    long from = Math.max(0, Math.min(start < 0 ? start + extent : start, extent));
    long to = Math.max(0, Math.min(end < 0 ? end + extent : end, extent));
    return new long[] {from, Math.max(from, to), step};
  }

  private static void registerQuestions(Map<String, Operator> ops) {
    ops.put("size", ScalarOps::size);
    ops.put("sym_size", ops.get("size"));
    ops.put("dim", a -> (long) a.tensor(0).rank());
    ops.put("numel", a -> a.tensor(0).elementCount());
    ops.put("is_floating_point", a -> a.tensor(0).type().isFloat());
    ops.put("is_complex", a -> false);
    ops.put("item", a -> number(a.tensor(0)));
    List.of("is_grad_enabled", "is_autocast_enabled", "is_autocast_cpu_enabled", "is_scripting")
        .forEach(name -> ops.put(name, a -> false));
    ops.put("device", a -> a.count() == 0 ? "cpu" : a.get(0));
  }

  private static Object size(Arguments a) {
    Value x = a.tensor(0);
    if (a.get(1, "dim") != null) {
      return x.extent(MoveOps.axis(a.integer(1, "dim", 0), x.rank()));
    }
    return new ArrayList<@Nullable Object>(x.shape());
  }

  /** Returns the number in a tensor of one element. */
  static Object number(Value value) {
    Numbers known = value.known();
    if (value.type() == OnnxType.BOOL) {
      return known.integer(0) != 0;
    }
    return known.integral() ? (Object) known.integer(0) : (Object) known.real(0);
  }
}
