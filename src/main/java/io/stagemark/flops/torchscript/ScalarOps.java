package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Numbers;
import io.stagemark.flops.onnx.OnnxType;
import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
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
    registerQuestions(ops);
  }

  /** Numbers are computed here; with a tensor among them, the tensor's operator decides. */
  static void either(Map<String, Operator> ops, String name, Operator onNumbers) {
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
            return joined(text, String.valueOf(right));
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
    for (long i = 0; i < times && !list.isEmpty() && result.size() <= LONGEST_LIST; i++) {
      result.addAll(list);
    }
    return bounded(result);
  }

  private static String joined(String left, String right) {
    if (left.length() + right.length() > LONGEST_LIST) {
      throw new ScriptFault("", "a text of more than %d letters".formatted(LONGEST_LIST));
    }
    return left + right;
  }

  static List<@Nullable Object> bounded(List<@Nullable Object> list) {
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
