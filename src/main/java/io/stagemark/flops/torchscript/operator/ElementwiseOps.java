package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators on each element: activations, arithmetic, comparisons. */
final class ElementwiseOps {
  private static final Map<String, String> UNARY =
      Map.ofEntries(
          Map.entry("relu", "Relu"),
          Map.entry("sigmoid", "Sigmoid"),
          Map.entry("tanh", "Tanh"),
          Map.entry("exp", "Exp"),
          Map.entry("expm1", "Exp"),
          Map.entry("exp2", "Exp"),
          Map.entry("log", "Log"),
          Map.entry("log2", "Log"),
          Map.entry("log10", "Log"),
          Map.entry("log1p", "Log"),
          Map.entry("sqrt", "Sqrt"),
          Map.entry("abs", "Abs"),
          Map.entry("neg", "Neg"),
          Map.entry("floor", "Floor"),
          Map.entry("ceil", "Ceil"),
          Map.entry("round", "Round"),
          Map.entry("trunc", "Floor"),
          Map.entry("sign", "Sign"),
          Map.entry("erf", "Erf"),
          Map.entry("sin", "Sin"),
          Map.entry("cos", "Cos"),
          Map.entry("tan", "Tan"),
          Map.entry("asin", "Asin"),
          Map.entry("acos", "Acos"),
          Map.entry("atan", "Atan"),
          Map.entry("sinh", "Sinh"),
          Map.entry("cosh", "Cosh"),
          Map.entry("reciprocal", "Reciprocal"),
          Map.entry("silu", "Swish"),
          Map.entry("hardswish", "HardSwish"),
          Map.entry("hardsigmoid", "HardSigmoid"),
          Map.entry("mish", "Mish"),
          Map.entry("softplus", "Softplus"),
          Map.entry("softsign", "Softsign"),
          Map.entry("selu", "Selu"),
          Map.entry("celu", "Celu"),
          Map.entry("elu", "Elu"),
          Map.entry("leaky_relu", "LeakyRelu"),
          Map.entry("threshold", "ThresholdedRelu"),
          Map.entry("hardshrink", "Shrink"),
          Map.entry("softshrink", "Shrink"),
          Map.entry("logical_not", "Not"),
          Map.entry("bitwise_not", "BitwiseNot"),
          Map.entry("isnan", "IsNaN"),
          Map.entry("isinf", "IsInf"));

  private static final Map<String, String> BINARY =
      Map.ofEntries(
          Map.entry("mul", "Mul"),
          Map.entry("true_divide", "Div"),
          Map.entry("remainder", "Mod"),
          Map.entry("fmod", "Mod"),
          Map.entry("pow", "Pow"),
          Map.entry("maximum", "Max"),
          Map.entry("minimum", "Min"),
          Map.entry("eq", "Equal"),
          Map.entry("lt", "Less"),
          Map.entry("gt", "Greater"),
          Map.entry("le", "LessOrEqual"),
          Map.entry("ge", "GreaterOrEqual"),
          Map.entry("logical_and", "And"),
          Map.entry("logical_or", "Or"),
          Map.entry("logical_xor", "Xor"),
          Map.entry("bitwise_and", "BitwiseAnd"),
          Map.entry("bitwise_or", "BitwiseOr"),
          Map.entry("bitwise_xor", "BitwiseXor"),
          Map.entry("__xor__", "BitwiseXor"),
          Map.entry("less", "Less"),
          Map.entry("greater", "Greater"),
          Map.entry("less_equal", "LessOrEqual"),
          Map.entry("greater_equal", "GreaterOrEqual"),
          Map.entry("fmax", "Max"),
          Map.entry("fmin", "Min"),
          Map.entry("__and__", "BitwiseAnd"),
          Map.entry("__or__", "BitwiseOr"));

  private static final Set<String> DIVISIONS = Set.of("div", "divide", "true_divide");

  /** What KnownMath calls an operator. */
  private static final Map<String, String> MATH =
      Map.ofEntries(
          Map.entry("true_divide", "div"),
          Map.entry("divide", "div"),
          Map.entry("maximum", "max"),
          Map.entry("minimum", "min"),
          Map.entry("bitwise_and", "and"),
          Map.entry("bitwise_or", "or"),
          Map.entry("bitwise_xor", "xor"),
          Map.entry("__and__", "and"),
          Map.entry("__or__", "or"),
          Map.entry("__xor__", "xor"),
          Map.entry("subtract", "sub"),
          Map.entry("multiply", "mul"),
          Map.entry("less", "lt"),
          Map.entry("greater", "gt"),
          Map.entry("less_equal", "le"),
          Map.entry("greater_equal", "ge"));

  private ElementwiseOps() {}

  static void register(OperatorTable<Operator> ops) {
    UNARY.forEach((name, onnx) -> ops.put(name, a -> unary(a, onnx, name)));
    BINARY.forEach((name, onnx) -> ops.put(name, a -> binary(a, onnx)));
    ops.put("ne", a -> known(a, "ne", a.apply("Not", binary(a, "Equal"))));
    List.of("special_expit", "special_exp2", "special_erf", "special_log1p", "special_expm1")
        .forEach(name -> ops.put(name, a -> a.apply(special(name), a.tensor(0))));
    List.of(
            "logit", "erfc", "erfinv", "lgamma", "digamma", "sinc", "i0", "acosh", "asinh", "atanh",
            "arctan", "arccos", "arcsin")
        .forEach(name -> ops.put(name, a -> a.apply("Exp", a.tensor(0))));
    ops.put("floor_divide", ElementwiseOps::floorDivide);
    ops.put("div", a -> a.get(2, "rounding_mode") == null ? binary(a, "Div") : floorDivide(a));
    ops.put("add", a -> scaled(a, "Add"));
    ops.put("sub", a -> scaled(a, "Sub"));
    ops.put("subtract", ops.get("sub"));
    ops.put("rsub", a -> scaled(a, "Sub"));
    ops.put("multiply", ops.get("mul"));
    ops.put("divide", ops.get("div"));
    ops.put("rsqrt", a -> a.apply("Reciprocal", a.apply("Sqrt", a.tensor(0))));
    ops.put("square", a -> a.apply("Mul", a.tensor(0), a.tensor(0)));
    ops.put("fix", ops.get("trunc"));
    ops.put("negative", ops.get("neg"));
    ops.put("absolute", ops.get("abs"));
    List.of("rrelu", "rrelu_with_noise").forEach(name -> ops.put(name, ops.get("leaky_relu")));
    ops.put("tanhshrink", a -> a.apply("Sub", a.tensor(0), a.apply("Tanh", a.tensor(0))));
    List.of("logaddexp", "xlogy", "hypot", "atan2", "copysign", "heaviside")
        .forEach(name -> ops.put(name, a -> a.apply("Pow", a.tensor(0), a.tensor(1))));
    ops.put("isfinite", a -> a.apply("IsNaN", a.tensor(0)));
    ops.put("nan_to_num", a -> bounded(a, true, true));
    ops.put("gelu", ElementwiseOps::gelu);
    ops.put("prelu", checked(LayerChecks::slopes, a -> a.apply("PRelu", a.tensor(0), a.tensor(1))));
    ops.put("log_sigmoid", a -> a.apply("Neg", a.apply("Softplus", a.apply("Neg", a.tensor(0)))));
    ops.put("glu", checked(LayerChecks::halves, ElementwiseOps::gated));
    List.of("clamp", "clip", "hardtanh").forEach(name -> ops.put(name, ElementwiseOps::clamp));
    ops.put("relu6", a -> bounded(a, true, true));
    ops.put(
        "clamp_min",
        a -> Known.with(bounded(a, true, false), clamped(a, a.tensor(0), a.get(1), null)));
    ops.put(
        "clamp_max",
        a -> Known.with(bounded(a, false, true), clamped(a, a.tensor(0), null, a.get(1))));
    ops.put("where", ElementwiseOps::where);
    ops.put("masked_fill", a -> a.apply("Where", a.tensor(1), a.tensor(2), a.tensor(0)));
    ops.put("addcmul", a -> a.apply("Add", a.tensor(0), a.apply("Mul", a.tensor(1), a.tensor(2))));
    ops.put("addcdiv", a -> a.apply("Add", a.tensor(0), a.apply("Div", a.tensor(1), a.tensor(2))));
    ops.put("lerp", ElementwiseOps::interpolate);
  }

  private static String special(String name) {
    return name.endsWith("expit")
        ? "Sigmoid"
        : name.endsWith("erf") ? "Erf" : name.contains("log") ? "Log" : "Exp";
  }

  private static Value unary(Arguments a, String onnx, String name) {
    Value x = a.tensor(0);
    boolean widened = !x.type().isFloat() && KnownMath.functions().contains(name);
    Value y = a.apply(onnx, widened ? x.typed(OnnxType.FLOAT) : x);
    return Known.with(y, KnownMath.elements(name, x, y));
  }

  /** Gives a result its elements where both operands are known. */
  private static Value known(Arguments a, String operator, Value y) {
    return Known.with(y, KnownMath.elements(operator, a.tensor(0), a.tensor(1), y));
  }

  /** A number takes the tensor's type; an integer tensor with a real number becomes real. */
  private static List<Value> promoted(Arguments a) {
    Value left = a.tensor(0);
    Value right = a.tensor(1);
    if (left.type() == right.type() || !left.isKnown() || !right.isKnown()) {
      return List.of(left, right);
    }
    boolean leftWins =
        left.type().isFloat() == right.type().isFloat()
            ? left.rank() > 0 || right.rank() == 0
            : left.type().isFloat();
    OnnxType type = leftWins ? left.type() : right.type();
    return List.of(as(left, type), as(right, type));
  }

  private static Value as(Value value, OnnxType type) {
    return value.type() == type || value.rank() > 0
        ? value.typed(type)
        : Value.of(type, value.shape(), value.numbers() == null ? null : cast(value, type))
            .like(value);
  }

  private static Numbers cast(Value value, OnnxType type) {
    return Known.as(value.known(), type.isIntegral());
  }

  static Value binary(Arguments a, String onnx) {
    List<Value> operands = promoted(a);
    boolean real =
        DIVISIONS.contains(a.operator())
            && !operands.get(0).type().isFloat()
            && a.get(2, "rounding_mode") == null;
    if (real) {
      operands = operands.stream().map(value -> value.typed(OnnxType.FLOAT)).toList();
    }
    return known(
        a, MATH.getOrDefault(a.operator(), a.operator()), a.apply(onnx, operands, Map.of()));
  }

  /** add(x, y, alpha): a factor other than 1 costs a product. */
  private static Object scaled(Arguments a, String onnx) {
    Value sum = binary(a, onnx);
    if (a.get(2, "alpha") instanceof Unknown || a.real(2, "alpha", 1) != 1) {
      return a.apply("Mul", sum, scalar(sum.type()));
    }
    return sum;
  }

  private static Value scalar(OnnxType type) {
    return Value.of(type, List.of());
  }

  private static Value floorDivide(Arguments a) {
    boolean truncates = a.text(2, "rounding_mode", "floor").equals("trunc");
    Value quotient = a.apply("Div", promoted(a), Map.of());
    Value y = quotient.type().isFloat() ? a.apply("Floor", quotient) : quotient;
    return known(a, truncates ? "truncdiv" : "floordiv", y);
  }

  private static Object gelu(Arguments a) {
    return a.apply(
        "Gelu", List.of(a.tensor(0)), Map.of("approximate", a.text(1, "approximate", "none")));
  }

  /** One half gates the other. */
  private static Object gated(Arguments a) {
    Value x = a.tensor(0);
    int at = MoveOps.axis(a.integer(1, "dim", -1), x.rank());
    List<Long> shape = new ArrayList<>(x.shape());
    shape.set(at, shape.get(at) / 2);
    Value half = x.viewedAs(shape);
    return a.apply("Mul", half, a.apply("Sigmoid", half));
  }

  private static Object clamp(Arguments a) {
    boolean always = a.operator().startsWith("hardtanh");
    Value y = bounded(a, always || a.get(1, "min") != null, always || a.get(2, "max") != null);
    return always ? y : Known.with(y, clamped(a, y, a.get(1, "min"), a.get(2, "max")));
  }

  private static @Nullable Numbers clamped(
      Arguments a, Value y, @Nullable Object least, @Nullable Object most) {
    Value now = a.tensor(0);
    for (Object bound : Arrays.asList(least, most)) {
      if (bound != null && now.numbers() != null) {
        Numbers within = KnownMath.elements(bound == most ? "min" : "max", now, a.value(bound), y);
        now = Known.with(now, within);
      }
    }
    return now.numbers();
  }

  private static Value bounded(Arguments a, boolean lower, boolean upper) {
    Value x = a.tensor(0);
    Value bound = scalar(x.type());
    return a.apply(
        "Clip",
        List.of(x, lower ? bound : Value.ABSENT, upper ? bound : Value.ABSENT),
        new HashMap<>());
  }

  private static Object where(Arguments a) {
    if (a.count() < 3) {
      return IndexOps.nonzeros(a);
    }
    return a.apply("Where", a.tensor(0), a.tensor(1), a.tensor(2));
  }

  private static Object interpolate(Arguments a) {
    Value difference = a.apply("Sub", a.tensor(1), a.tensor(0));
    return a.apply("Add", a.tensor(0), a.apply("Mul", difference, a.tensor(2)));
  }
}
