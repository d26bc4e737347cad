package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Known;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's arithmetic on numbers that are known: on Python's numbers, and on the elements of small
 * tensors. Integers stay exact, and a result beyond 64 bits is an {@link ArithmeticException}.
 */
final class KnownMath {
  private static final Map<String, LongBinaryOperator> WHOLE =
      Map.ofEntries(
          Map.entry("add", Math::addExact),
          Map.entry("sub", Math::subtractExact),
          Map.entry("rsub", (a, b) -> Math.subtractExact(b, a)),
          Map.entry("mul", Math::multiplyExact),
          Map.entry("floordiv", KnownMath::floorDiv),
          Map.entry("truncdiv", (a, b) -> b == 0 ? zero() : a / b),
          Map.entry("remainder", (a, b) -> b == 0 ? zero() : Math.floorMod(a, b)),
          Map.entry("fmod", (a, b) -> b == 0 ? zero() : a % b),
          Map.entry("max", Math::max),
          Map.entry("min", Math::min),
          Map.entry("and", (a, b) -> a & b),
          Map.entry("or", (a, b) -> a | b),
          Map.entry("xor", (a, b) -> a ^ b),
          Map.entry("lshift", KnownMath::shiftedLeft),
          Map.entry("rshift", (a, b) -> a >> Math.min(63, Math.max(0, b))),
          Map.entry("gcd", KnownMath::divisor));

  private static final Map<String, DoubleBinaryOperator> REAL =
      Map.ofEntries(
          Map.entry("add", Double::sum),
          Map.entry("sub", (a, b) -> a - b),
          Map.entry("rsub", (a, b) -> b - a),
          Map.entry("mul", (a, b) -> a * b),
          Map.entry("div", (a, b) -> a / b),
          Map.entry("floordiv", (a, b) -> Math.floor(a / b)),
          Map.entry("truncdiv", (a, b) -> truncated(a / b)),
          Map.entry("remainder", (a, b) -> a - b * Math.floor(a / b)),
          Map.entry("fmod", (a, b) -> a % b),
          Map.entry("max", Math::max),
          Map.entry("min", Math::min),
          Map.entry("pow", Math::pow),
          Map.entry("atan2", Math::atan2),
          Map.entry("hypot", Math::hypot),
          Map.entry("copysign", Math::copySign));

  private static final Map<String, DoubleUnaryOperator> FUNCTIONS =
      Map.ofEntries(
          Map.entry("exp", Math::exp),
          Map.entry("expm1", Math::expm1),
          Map.entry("log", Math::log),
          Map.entry("log1p", Math::log1p),
          Map.entry("log2", a -> Math.log(a) / Math.log(2)),
          Map.entry("log10", Math::log10),
          Map.entry("sqrt", Math::sqrt),
          Map.entry("rsqrt", a -> 1 / Math.sqrt(a)),
          Map.entry("reciprocal", a -> 1 / a),
          Map.entry("sin", Math::sin),
          Map.entry("cos", Math::cos),
          Map.entry("tan", Math::tan),
          Map.entry("asin", Math::asin),
          Map.entry("acos", Math::acos),
          Map.entry("atan", Math::atan),
          Map.entry("sinh", Math::sinh),
          Map.entry("cosh", Math::cosh),
          Map.entry("tanh", Math::tanh),
          Map.entry("sigmoid", a -> 1 / (1 + Math.exp(-a))));

  private static final Map<String, DoubleUnaryOperator> ROUNDING =
      Map.of(
          "floor", Math::floor,
          "ceil", Math::ceil,
          "round", Math::rint,
          "trunc", KnownMath::truncated,
          "abs", Math::abs,
          "neg", a -> -a,
          "sign", Math::signum,
          "relu", a -> Math.max(0, a),
          "square", a -> a * a);

  private static final Map<String, LongUnaryOperator> WHOLE_UNARY =
      Map.of(
          "abs",
          Math::absExact,
          "neg",
          Math::negateExact,
          "sign",
          Long::signum,
          "relu",
          a -> Math.max(0, a),
          "square",
          a -> Math.multiplyExact(a, a),
          "bitwise_not",
          a -> ~a);

  private KnownMath() {}

  private static long floorDiv(long a, long b) {
    return b == 0 ? zero() : Math.floorDiv(a, b);
  }

  private static long zero() {
    throw new ScriptFault("", "a division by zero");
  }

  private static double truncated(double a) {
    return a < 0 ? Math.ceil(a) : Math.floor(a);
  }

  private static long shiftedLeft(long a, long by) {
    return by < 0 || by > 62 ? Math.multiplyExact(a, 0L) : Math.multiplyExact(a, 1L << by);
  }

  private static long divisor(long a, long b) {
    long x = Math.absExact(a);
    long y = Math.absExact(b);
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }

  /** Returns a to the power of b; null where that is no whole number. */
  private static @Nullable Long power(long a, long b) {
    if (b < 0) {
      return null;
    }
    if (a >= -1 && a <= 1) {
      return b == 0 || (a == -1 && b % 2 == 0) ? 1L : a;
    }
    long result = 1;
    for (long i = 0; i < b; i++) {
      result = Math.multiplyExact(result, a); // overflows after 63 steps at most
    }
    return result;
  }

  /** Applies an operator to two of Python's numbers. */
  static Object of(String operator, Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      if (operator.equals("pow")) {
        Long whole = power(a, b);
        return whole == null ? (Object) Math.pow((double) a, (double) b) : (Object) whole;
      }
      LongBinaryOperator whole = WHOLE.get(operator);
      if (whole != null) {
        return whole.applyAsLong(a, b);
      }
    }
    DoubleBinaryOperator real = REAL.get(operator);
    if (real == null) {
      throw new ScriptFault(operator, "of %s and %s".formatted(left, right));
    }
    double divisor = number(right);
    if (divisor == 0 && (operator.endsWith("div") || operator.equals("remainder"))) {
      zero(); // Python refuses it for floats too
    }
    return real.applyAsDouble(number(left), divisor);
  }

  /** Returns a function of one of Python's numbers, such as math.log; null where there is none. */
  static @Nullable Object of(String function, Object argument) {
    LongUnaryOperator whole = WHOLE_UNARY.get(function);
    if (whole != null && argument instanceof Long a) {
      return whole.applyAsLong(a);
    }
    DoubleUnaryOperator real = FUNCTIONS.getOrDefault(function, ROUNDING.get(function));
    return real == null ? null : real.applyAsDouble(number(argument));
  }

  private static double number(Object value) {
    return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
  }

  /** Returns the names of the functions of one number. */
  static List<String> functions() {
    return List.copyOf(FUNCTIONS.keySet());
  }

  /** Returns the elements of an operator's result on two tensors; null where one is not known. */
  static @Nullable Numbers elements(String operator, Value left, Value right, Value result) {
    if (!areKnown(left, result) || !areKnown(right, result)) {
      return null;
    }
    Numbers a = Known.broadcast(left, result.shape());
    Numbers b = Known.broadcast(right, result.shape());
    LongBinaryOperator truth = comparison(operator, a.integral() && b.integral(), a, b);
    boolean integral = truth != null || result.type().isIntegral();
    boolean exact = a.integral() && b.integral() && integral;
    long[] whole = new long[a.count()];
    double[] real = new double[a.count()];
    for (int i = 0; i < whole.length; i++) {
      if (truth != null) {
        whole[i] = truth.applyAsLong(i, i);
      } else if (exact ? !hasWhole(operator) : !REAL.containsKey(operator)) {
        return null;
      } else if (exact) {
        whole[i] = ((Number) of(operator, a.integer(i), b.integer(i))).longValue();
      } else {
        real[i] = REAL.getOrDefault(operator, Double::sum).applyAsDouble(a.real(i), b.real(i));
        whole[i] = (long) real[i];
      }
    }
    return integral ? Numbers.of(whole) : Numbers.of(real);
  }

  private static boolean hasWhole(String operator) {
    return WHOLE.containsKey(operator) || operator.equals("pow");
  }

  private static boolean areKnown(Value operand, Value result) {
    return operand.numbers() != null
        && result.isKnown()
        && result.elementCount() <= Known.MAX_ELEMENTS;
  }

  /** Returns a comparison of the i-th elements; null where the operator is none. */
  private static @Nullable LongBinaryOperator comparison(
      String operator, boolean whole, Numbers a, Numbers b) {
    IntBinaryOperator order =
        whole
            ? (i, j) -> Long.compare(a.integer(i), b.integer(j))
            : (i, j) -> a.real(i) == b.real(j) ? 0 : a.real(i) < b.real(j) ? -1 : 1;
    return switch (operator) {
      case "eq" -> (i, j) -> order.applyAsInt((int) i, (int) j) == 0 ? 1 : 0;
      case "ne" -> (i, j) -> order.applyAsInt((int) i, (int) j) != 0 ? 1 : 0;
      case "lt" -> (i, j) -> order.applyAsInt((int) i, (int) j) < 0 ? 1 : 0;
      case "le" -> (i, j) -> order.applyAsInt((int) i, (int) j) <= 0 ? 1 : 0;
      case "gt" -> (i, j) -> order.applyAsInt((int) i, (int) j) > 0 ? 1 : 0;
      case "ge" -> (i, j) -> order.applyAsInt((int) i, (int) j) >= 0 ? 1 : 0;
      case "logical_and" -> (i, j) -> a.real((int) i) != 0 && b.real((int) j) != 0 ? 1 : 0;
      case "logical_or" -> (i, j) -> a.real((int) i) != 0 || b.real((int) j) != 0 ? 1 : 0;
      case "logical_xor" -> (i, j) -> (a.real((int) i) != 0) != (b.real((int) j) != 0) ? 1 : 0;
      default -> null;
    };
  }

  /** Returns the elements of a function of a tensor; null where they are not known. */
  static @Nullable Numbers elements(String function, Value x, Value result) {
    if (!areKnown(x, result) || result.elementCount() != x.elementCount()) {
      return null;
    }
    Numbers a = x.known();
    boolean integral = result.type().isIntegral();
    if (function.equals("logical_not")) {
      return Known.pick(Numbers.of(1, 0), a.count(), i -> a.real(i) == 0 ? 0 : 1);
    }
    LongUnaryOperator whole = WHOLE_UNARY.get(function);
    DoubleUnaryOperator real = FUNCTIONS.getOrDefault(function, ROUNDING.get(function));
    boolean unchanged = a.integral() && integral && ROUNDING.containsKey(function);
    if (whole == null && unchanged) {
      return a; // rounding a whole number
    }
    if ((a.integral() && integral) ? whole == null : real == null) {
      return null;
    }
    long[] longs = new long[a.count()];
    double[] doubles = new double[a.count()];
    for (int i = 0; i < longs.length; i++) {
      if (a.integral() && integral && whole != null) {
        longs[i] = whole.applyAsLong(a.integer(i));
      } else if (real != null) {
        doubles[i] = real.applyAsDouble(a.real(i));
        longs[i] = (long) doubles[i];
      }
    }
    return integral ? Numbers.of(longs) : Numbers.of(doubles);
  }

  /** Returns the elements of a reduction; null where they are not known. */
  static @Nullable Numbers reduced(String onnx, Value x, @Nullable Value axes, Value y) {
    Numbers from = x.numbers();
    String operator =
        Map.of("ReduceSum", "add", "ReduceMax", "max", "ReduceMin", "min", "ReduceProd", "mul")
            .getOrDefault(onnx, "");
    if (from == null || operator.isEmpty() || !y.isKnown() || from.count() == 0) {
      return null;
    }
    boolean[] gone = new boolean[x.rank()];
    for (long axis : axes == null ? new long[0] : axes.integers()) {
      gone[MoveOps.axis(axis, x.rank())] = true;
    }
    Object[] results = new Object[Math.toIntExact(y.elementCount())];
    for (int i = 0; i < from.count(); i++) {
      int at = axes == null ? 0 : place(i, x, gone);
      Object element = from.integral() ? (Object) from.integer(i) : (Object) from.real(i);
      results[at] = results[at] == null ? element : of(operator, results[at], element);
    }
    double[] real = new double[results.length];
    long[] whole = new long[results.length];
    for (int i = 0; i < results.length; i++) {
      real[i] = number(results[i]);
      whole[i] = ((Number) results[i]).longValue();
    }
    return y.type().isIntegral() ? Numbers.of(whole) : Numbers.of(real);
  }

  /** Returns where element i goes when some axes are gone. */
  private static int place(int element, Value x, boolean[] gone) {
    long at = 0;
    long step = 1;
    long rest = element;
    for (int axis = x.rank() - 1; axis >= 0; axis--) {
      if (!gone[axis]) {
        at += rest % x.extent(axis) * step;
        step *= x.extent(axis);
      }
      rest /= x.extent(axis);
    }
    return (int) at;
  }
}
