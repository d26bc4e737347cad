package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.KnownValues.binary;
import static io.stagemark.flops.onnx.operator.KnownValues.truth;
import static io.stagemark.flops.onnx.operator.KnownValues.unary;
import static io.stagemark.flops.onnx.operator.OnnxOperator.alike;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.value.ShapeRule.LIKE_FIRST;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Arithmetic, comparisons and functions of single elements; two shapes broadcast. */
final class ElementwiseOperators {
  static final CostRule SPECIAL = perOutput(0, 1, 0);
  static final ShapeRule BROADCAST = call -> call.like(broadcast(call));

  private static final CostRule COMPARISON = perOutput(0, 0, 1);
  private static final ShapeRule TRUTH = call -> List.of(Value.of(OnnxType.BOOL, broadcast(call)));

  private ElementwiseOperators() {}

  static List<OnnxOperator> all() {
    ShapeRule bool = call -> List.of(Value.of(OnnxType.BOOL, call.shape(0)));
    return join(
        arithmetic(),
        comparisons(),
        functions(),
        alike(LIKE_FIRST, COMPARISON, "BitwiseNot", "Sign"),
        alike(BROADCAST, COMPARISON, "BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor"),
        alike(bool, COMPARISON, "IsInf", "IsNaN"),
        List.of(
            standard("Where", ElementwiseOperators::where, COMPARISON).folding(KnownMoves::where)));
  }

  private static List<OnnxOperator> arithmetic() {
    CostRule one = call -> arithmetic(call, call.y());
    CostRule compared = call -> Cost.of(0, 0, (call.inputs().size() - 1) * call.y());
    return List.of(
        standard("Add", BROADCAST, one).tables().folding(binary(Math::addExact, Double::sum)),
        standard("Sub", BROADCAST, one)
            .tables()
            .folding(binary(Math::subtractExact, (a, b) -> a - b)),
        standard("Mul", BROADCAST, one)
            .tables()
            .folding(binary(Math::multiplyExact, (a, b) -> a * b)),
        standard("Div", BROADCAST, one).tables().folding(binary((a, b) -> a / b, (a, b) -> a / b)),
        standard("Mod", BROADCAST, one).folding(binary(Math::floorMod, (a, b) -> a % b)),
        standard("Reciprocal", LIKE_FIRST, one),
        standard("Max", BROADCAST, compared).folding(binary(Math::max, Math::max)),
        standard("Min", BROADCAST, compared).folding(binary(Math::min, Math::min)),
        standard("Pow", BROADCAST, ElementwiseOperators::power)
            .settings(1)
            .folding(binary((a, b) -> (long) Math.pow((double) a, (double) b), Math::pow)),
        standard("Sum", BROADCAST, call -> arithmetic(call, (call.inputs().size() - 1) * call.y()))
            .tables(),
        standard("Mean", BROADCAST, call -> arithmetic(call, call.inputs().size() * call.y())));
  }

  private static List<OnnxOperator> comparisons() {
    return List.of(
        standard("Equal", TRUTH, COMPARISON).folding(truth((a, b) -> a == b ? 1 : 0)),
        standard("Less", TRUTH, COMPARISON).folding(truth((a, b) -> a < b ? 1 : 0)),
        standard("LessOrEqual", TRUTH, COMPARISON).folding(truth((a, b) -> a <= b ? 1 : 0)),
        standard("Greater", TRUTH, COMPARISON).folding(truth((a, b) -> a > b ? 1 : 0)),
        standard("GreaterOrEqual", TRUTH, COMPARISON).folding(truth((a, b) -> a >= b ? 1 : 0)),
        standard("And", TRUTH, COMPARISON).folding(truth((a, b) -> a != 0 && b != 0 ? 1 : 0)),
        standard("Or", TRUTH, COMPARISON).folding(truth((a, b) -> a != 0 || b != 0 ? 1 : 0)),
        standard("Xor", TRUTH, COMPARISON).folding(truth((a, b) -> (a != 0) != (b != 0) ? 1 : 0)));
  }

  private static List<OnnxOperator> functions() {
    return join(
        List.of(
            standard("Neg", LIKE_FIRST, COMPARISON).folding(unary(Math::negateExact, a -> -a)),
            standard("Abs", LIKE_FIRST, COMPARISON).folding(unary(Math::abs, Math::abs)),
            standard("Floor", LIKE_FIRST, COMPARISON).folding(unary(a -> a, Math::floor)),
            standard("Ceil", LIKE_FIRST, COMPARISON).folding(unary(a -> a, Math::ceil)),
            standard("Round", LIKE_FIRST, COMPARISON).folding(unary(a -> a, Math::rint)),
            standard("Not", LIKE_FIRST, COMPARISON)
                .folding(unary(a -> a == 0 ? 1 : 0, a -> a == 0 ? 1 : 0)),
            standard("Sqrt", LIKE_FIRST, SPECIAL)
                .folding(unary(a -> (long) Math.sqrt((double) a), Math::sqrt))),
        alike(
            LIKE_FIRST, SPECIAL, "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cos", "Cosh"),
        alike(LIKE_FIRST, SPECIAL, "Erf", "Exp", "Log", "Sin", "Sinh", "Tan", "Tanh"));
  }

  private static List<Long> broadcast(Call call) {
    List<Long> shape = call.shape(0);
    for (int i = 1; i < call.inputs().size(); i++) {
      shape = Shapes.broadcast(shape, call.shape(i));
    }
    return shape;
  }

  private static List<Value> where(Call call) {
    List<Long> branches = Shapes.broadcast(call.shape(1), call.shape(2));
    return List.of(Value.of(call.type(1), Shapes.broadcast(call.shape(0), branches)));
  }

  static CostRule perOutput(long elementwise, long special, long comparisons) {
    return call -> Cost.of(Operations.of(elementwise, special, comparisons).times(call.y()));
  }

  /** Arithmetic on integers belongs in the column of comparisons and integer operations. */
  static Cost arithmetic(Call call, long count) {
    return call.type(0).isIntegral() ? Cost.of(0, 0, count) : Cost.of(count, 0, 0);
  }

  /** A constant whole exponent of 2 to 4 is k − 1 multiplications; any other is a special. */
  private static Cost power(Call call) {
    Numbers exponent = call.inputs().get(1).numbers();
    if (exponent != null && exponent.count() == 1) {
      double k = exponent.real(0);
      if (k == 2 || k == 3 || k == 4) {
        return arithmetic(call, Shapes.multiply((long) k - 1, call.y()));
      }
    }
    return Cost.of(0, call.y(), 0);
  }
}
