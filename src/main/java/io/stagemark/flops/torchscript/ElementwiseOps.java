package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Numbers;
import io.stagemark.flops.onnx.OnnxType;
import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
          Map.entry("div", "Div"),
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
          Map.entry("__and__", "BitwiseAnd"),
          Map.entry("__or__", "BitwiseOr"));

  private ElementwiseOps() {}

  static void register(Map<String, Operator> ops) {
    UNARY.forEach((name, onnx) -> ops.put(name, a -> a.apply(onnx, a.tensor(0))));
    BINARY.forEach((name, onnx) -> ops.put(name, a -> binary(a, onnx)));
    ops.put("ne", a -> a.apply("Not", binary(a, "Equal")));
    ops.put("floor_divide", ElementwiseOps::floorDivide);
    ops.put("div", a -> a.get(2, "rounding_mode") == null ? binary(a, "Div") : floorDivide(a));
    ops.put("add", a -> scaled(a, "Add"));
    ops.put("sub", a -> scaled(a, "Sub"));
    ops.put("rsub", a -> scaled(a, "Sub"));
    ops.put("rsqrt", a -> a.apply("Reciprocal", a.apply("Sqrt", a.tensor(0))));
    ops.put("square", a -> a.apply("Mul", a.tensor(0), a.tensor(0)));
    ops.put("gelu", ElementwiseOps::gelu);
    ops.put("prelu", a -> a.apply("PRelu", a.tensor(0), a.tensor(1)));
    ops.put("log_sigmoid", a -> a.apply("Neg", a.apply("Softplus", a.apply("Neg", a.tensor(0)))));
    ops.put("glu", ElementwiseOps::gated);
    List.of("clamp", "clip", "hardtanh").forEach(name -> ops.put(name, ElementwiseOps::clamp));
    ops.put("relu6", a -> bounded(a, true, true));
    ops.put("clamp_min", a -> bounded(a, true, false));
    ops.put("clamp_max", a -> bounded(a, false, true));
    ops.put("where", ElementwiseOps::where);
    ops.put("masked_fill", a -> a.apply("Where", a.tensor(1), a.tensor(2), a.tensor(0)));
    ops.put("addcmul", a -> a.apply("Add", a.tensor(0), a.apply("Mul", a.tensor(1), a.tensor(2))));
    ops.put("addcdiv", a -> a.apply("Add", a.tensor(0), a.apply("Div", a.tensor(1), a.tensor(2))));
    ops.put("lerp", ElementwiseOps::interpolate);
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
        : Value.of(type, value.shape(), value.numbers() == null ? null : cast(value, type));
  }

  private static Numbers cast(Value value, OnnxType type) {
    Numbers known = value.known();
    return type.isFloat() ? Numbers.of(known.real(0)) : Numbers.of(known.integer(0));
  }

  static Value binary(Arguments a, String onnx) {
    List<Value> operands = promoted(a);
    boolean real = a.operator().equals("div") && !operands.get(0).type().isFloat() && a.count() < 3;
    if (real && operands.get(0).rank() + operands.get(1).rank() > 0) {
      operands = operands.stream().map(value -> value.typed(OnnxType.FLOAT)).toList();
    }
    return a.apply(onnx, operands, Map.of());
  }

  /** add(x, y, alpha): a factor other than 1 costs a product. */
  private static Object scaled(Arguments a, String onnx) {
    Value sum = binary(a, onnx);
    return a.real(2, "alpha", 1) == 1 ? sum : a.apply("Mul", sum, scalar(sum.type()));
  }

  private static Value scalar(OnnxType type) {
    return Value.of(type, List.of());
  }

  private static Value floorDivide(Arguments a) {
    Value quotient = binary(a, "Div");
    return quotient.type().isFloat() ? a.apply("Floor", quotient) : quotient;
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
    return bounded(a, always || a.get(1, "min") != null, always || a.get(2, "max") != null);
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
    return a.count() < 3 ? a.unknown() : a.apply("Where", a.tensor(0), a.tensor(1), a.tensor(2));
  }

  private static Object interpolate(Arguments a) {
    Value difference = a.apply("Sub", a.tensor(1), a.tensor(0));
    return a.apply("Add", a.tensor(0), a.apply("Mul", difference, a.tensor(2)));
  }
}
