package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.ScriptValues;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators on Python's numbers, and questions about tensors. */
public final class ScalarOps {
  private static final Map<String, String> ARITHMETIC =
      Map.ofEntries(
          Map.entry("add", "add"),
          Map.entry("sub", "sub"),
          Map.entry("mul", "mul"),
          Map.entry("div", "div"),
          Map.entry("remainder", "remainder"),
          Map.entry("fmod", "fmod"),
          Map.entry("pow", "pow"),
          Map.entry("max", "max"),
          Map.entry("min", "min"),
          Map.entry("atan2", "atan2"),
          Map.entry("hypot", "hypot"),
          Map.entry("copysign", "copysign"));

  /** Arithmetic that has no operator on tensors. */
  private static final Map<String, String> NUMBERS_ONLY =
      Map.of("floordiv", "floordiv", "gcd", "gcd", "__lshift__", "lshift", "__rshift__", "rshift");

  private ScalarOps() {}

  static void register(OperatorTable<Operator> ops) {
    ARITHMETIC.forEach((name, math) -> either(ops, name, a -> arithmetic(a, math)));
    NUMBERS_ONLY.forEach((name, math) -> ops.put(name, numbers(name, a -> arithmetic(a, math))));
    List.of("lt", "le", "gt", "ge").forEach(name -> either(ops, name, a -> compare(a, name)));
    either(ops, "eq", a -> ScriptValues.equal(a.get(0), a.get(1)));
    either(ops, "ne", a -> !ScriptValues.equal(a.get(0), a.get(1)));
    KnownMath.functions().stream()
        .filter(name -> !name.equals("log")) // Python's takes a base
        .forEach(name -> either(ops, name, a -> function(a, name)));
    List.of("abs", "neg", "bitwise_not").forEach(name -> either(ops, name, a -> function(a, name)));
    ops.put("fabs", a -> Math.abs(a.real(0, "", 0)));
    List.of("floor", "ceil", "trunc").forEach(name -> either(ops, name, a -> whole(a, name)));
    either(ops, "round", a -> function(a, "round"));
    either(ops, "log", ScalarOps::logarithm);
    either(ops, "isnan", a -> Double.isNaN(a.real(0, "", 0)));
    either(ops, "isinf", a -> Double.isInfinite(a.real(0, "", 0)));
    either(ops, "isfinite", a -> Double.isFinite(a.real(0, "", 0)));
    ops.put("__is__", a -> same(a.get(0), a.get(1)));
    ops.put("__isnot__", a -> !same(a.get(0), a.get(1)));
    ops.put(
        "__not__", a -> a.get(0) instanceof Unknown ? Unknown.BOOL : (Object) (a.integer(0) == 0));
    List.of("and", "or", "xor")
        .forEach(name -> either(ops, "__%s__".formatted(name), a -> bits(a, name)));
    registerQuestions(ops);
  }

  /**
   * Lets an operator on tensors take numbers too: they are computed here, and a number that depends
   * on data gives another; with a tensor among them, the tensor's operator decides.
   */
  static void either(OperatorTable<Operator> ops, String name, Operator onNumbers) {
    Operator numbers = numbers(name, onNumbers);
    ops.replace(name, onTensors -> a -> a.anyTensor() ? onTensors.apply(a) : numbers.apply(a));
  }

  private static Operator numbers(String name, Operator known) {
    return a ->
        a.get(0) instanceof Unknown || a.get(1) instanceof Unknown
            ? unknown(name, a)
            : known.apply(a);
  }

  private static Unknown unknown(String name, Arguments a) {
    boolean comparison = List.of("lt", "le", "gt", "ge", "eq", "ne").contains(name);
    boolean whole =
        !name.equals("div")
            && (a.get(0) == Unknown.INT || a.get(0) instanceof Long)
            && (a.count() < 2 || a.get(1) == Unknown.INT || a.get(1) instanceof Long);
    return comparison ? Unknown.BOOL : whole ? Unknown.INT : Unknown.FLOAT;
  }

  private static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    return left == right || ScriptValues.equal(left, right);
  }

  private static Object arithmetic(Arguments a, String operator) {
    Object left = a.get(0);
    Object right = a.get(1);
    if (left instanceof List<?> || left instanceof String || left instanceof ScriptTuple) {
      return ListArithmetic.apply(a, operator);
    }
    return KnownMath.of(operator, number(a, left), number(a, right));
  }

  private static Object number(Arguments a, @Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    if (value instanceof Number number) {
      return number;
    }
    throw a.misfit("a number", value);
  }

  private static Object compare(Arguments a, String name) {
    int order;
    if (a.get(0) instanceof String left && a.get(1) instanceof String right) {
      order = left.compareTo(right);
    } else if (a.get(0) instanceof Long left && a.get(1) instanceof Long right) {
      order = left.compareTo(right);
    } else {
      double left = a.real(0, "", 0);
      double right = a.real(1, "", 0);
      if (Double.isNaN(left) || Double.isNaN(right)) {
        return false;
      }
      order = left < right ? -1 : left > right ? 1 : 0;
    }
    return switch (name) {
      case "lt" -> order < 0;
      case "le" -> order <= 0;
      case "gt" -> order > 0;
      default -> order >= 0;
    };
  }

  private static @Nullable Object function(Arguments a, String name) {
    return KnownMath.of(name, number(a, a.get(0)));
  }

  /** math.floor and math.ceil give an int. */
  private static Object whole(Arguments a, String name) {
    if (a.get(0) instanceof Long already) {
      return already;
    }
    if (KnownMath.of(name, number(a, a.get(0))) instanceof Double real) {
      return PrimOps.whole(real);
    }
    throw a.misfit("a number", a.get(0));
  }

  private static Object logarithm(Arguments a) {
    double log = Math.log(a.real(0, "", 0));
    return a.get(1) == null ? log : log / Math.log(a.real(1, "", 0));
  }

  private static Object bits(Arguments a, String name) {
    boolean truths = a.get(0) instanceof Boolean && a.get(1) instanceof Boolean;
    long bits = (Long) KnownMath.of(name, a.integer(0), a.integer(1));
    return truths ? (Object) (bits != 0) : (Object) bits;
  }

  static void registerQuestions(OperatorTable<Operator> ops) {
    ops.put("size", ScalarOps::size);
    ops.put("sym_size", ops.get("size"));
    ops.put("dim", a -> (long) a.tensor(0).rank());
    ops.put("ndimension", ops.get("dim"));
    ops.put("numel", a -> a.tensor(0).elementCount());
    ops.put("is_floating_point", a -> a.tensor(0).type().isFloat());
    ops.put("is_complex", a -> a.tensor(0).type().toString().startsWith("COMPLEX"));
    ops.put("is_contiguous", a -> true);
    ops.put("is_nonzero", a -> PrimOps.convert("bool", a.tensor(0)));
    ops.put("element_size", a -> Math.max(1L, a.tensor(0).type().bits() / 8));
    ops.put("stride", ScalarOps::strides);
    ops.put("item", a -> number(a.tensor(0)));
    ops.put("_local_scalar_dense", ops.get("item"));
    ops.put("Int", a -> PrimOps.convert("int", a.get(0)));
    ops.put("IntImplicit", ops.get("Int"));
    ops.put("Float", a -> PrimOps.convert("float", a.get(0)));
    ops.put("FloatImplicit", ops.get("Float"));
    ops.put("Bool", a -> PrimOps.convert("bool", a.get(0)));
    ops.put("ScalarImplicit", a -> number(a.tensor(0)));
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

  /** As if it were contiguous. */
  private static Object strides(Arguments a) {
    Value x = a.tensor(0);
    List<@Nullable Object> strides = new ArrayList<>();
    long next = 1;
    for (int i = x.rank() - 1; i >= 0; i--) {
      strides.add(0, next);
      next = Math.multiplyExact(next, Math.max(1, x.extent(i)));
    }
    return a.get(1, "dim") == null
        ? strides
        : strides.get(MoveOps.axis(a.integer(1, "dim", 0), x.rank()));
  }

  /** Returns the number in a tensor of one element; {@link Unknown} where it depends on data. */
  public static Object number(@Nullable Object of) {
    if (!(of instanceof Value value)) {
      return of == null ? Unknown.ANYTHING : of;
    }
    Numbers known = value.numbers();
    if (known == null || known.count() != 1) {
      return Unknown.numberIn(value);
    }
    if (value.type() == OnnxType.BOOL) {
      return known.integer(0) != 0;
    }
    return value.type().isIntegral() || (known.integral() && !value.type().isFloat())
        ? (Object) known.integer(0)
        : (Object) known.real(0);
  }

  /** Returns the elements as nested lists; what depends on data is unknown. */
  public static Object nested(@Nullable Object of) {
    if (!(of instanceof Value x) || !x.isKnown()) {
      return Unknown.ANYTHING;
    }
    if (x.rank() == 0) {
      return number(x);
    }
    if (x.elementCount() > Known.MAX_ELEMENTS) {
      return Unknown.ANYTHING;
    }
    List<@Nullable Object> rows = new ArrayList<>();
    List<Long> shape = x.shape().subList(1, x.rank());
    for (long i = 0; i < x.extent(0); i++) {
      rows.add(nested(Known.select(x, 0, i, shape)));
    }
    return rows;
  }
}
