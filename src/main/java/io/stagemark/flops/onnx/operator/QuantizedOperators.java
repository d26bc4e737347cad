package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.value.ShapeRule.LIKE_FIRST;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.value.Window;
import java.util.ArrayList;
import java.util.List;

/** Into integers and out of them, and what is computed in floating point between the two. */
final class QuantizedOperators {
  private QuantizedOperators() {}

  static List<OnnxOperator> all() {
    return join(conversions(), elementwise(), others());
  }

  private static List<OnnxOperator> conversions() {
    return List.of(
        standard(
                "QuantizeLinear",
                QuantizedOperators::quantizedShape,
                call -> Cost.of(call.y(), 0, 3 * call.y()))
            .statistics(1, 2),
        standard(
                "DequantizeLinear",
                QuantizedOperators::dequantizedShape,
                call -> Cost.of(call.y(), 0, call.has(2) ? call.y() : 0))
            .statistics(1, 2),
        standard(
            "DynamicQuantizeLinear",
            QuantizedOperators::dynamicShape,
            call -> Cost.of(call.y() + 4, 0, 5 * call.count(0))));
  }

  private static List<OnnxOperator> elementwise() {
    ShapeRule broadcast = call -> call.like(Shapes.broadcast(call.shape(0), call.shape(3)));
    CostRule one = call -> Cost.of(call.y(), 0, 0);
    return List.of(
        linear("Add", broadcast, one).statistics(1, 2, 4, 5, 6, 7),
        linear("Mul", broadcast, one).statistics(1, 2, 4, 5, 6, 7),
        linear("Sigmoid", LIKE_FIRST, ActivationOperators.SIGMOID),
        linear("LeakyRelu", LIKE_FIRST, ActivationOperators.LEAKY_RELU),
        linear("Softmax", LIKE_FIRST, NormalizationOperators::softmax),
        linear("Where", QuantizedOperators::where, call -> Cost.of(0, 0, call.y())));
  }

  private static List<OnnxOperator> others() {
    CostRule added = call -> Cost.of(call.count(0), 0, 0);
    return List.of(
        linear("AveragePool", QuantizedOperators::pool, QuantizedOperators::averagePool),
        linear("GlobalAveragePool", QuantizedOperators::globalPool, added),
        linear(
            "ReduceMean", call -> ReductionOperators.REDUCED.outputs(withoutScales(call)), added),
        linear("Concat", QuantizedOperators::concat, CostRule.NOTHING));
  }

  /** As the floating-point operator, and 3 for each output to leave and enter integers. */
  private static OnnxOperator linear(String plain, ShapeRule shape, CostRule cost) {
    return microsoft(
        "QLinear" + plain, shape, call -> cost.of(call).plus(Operations.of(3 * call.y(), 0, 0)));
  }

  private static List<Value> quantizedShape(Call call) {
    OnnxType type =
        call.has(2)
            ? call.type(2)
            : OnnxType.of(
                (int) call.node().integer("output_dtype", 2)); // uint8 where nothing says more
    return List.of(Value.of(type == OnnxType.UNDEFINED ? OnnxType.UINT8 : type, call.shape(0)));
  }

  private static List<Value> dequantizedShape(Call call) {
    Value x = call.in(0);
    return List.of(Value.of(call.type(1), x.shape()).from(x.origin()));
  }

  private static List<Value> dynamicShape(Call call) {
    return List.of(
        Value.of(OnnxType.UINT8, call.shape(0)),
        Value.of(OnnxType.FLOAT, List.of()),
        Value.of(OnnxType.UINT8, List.of()));
  }

  /** Inputs: y scale, y zero point, then value, scale and zero point of each part. */
  private static List<Value> concat(Call call) {
    List<Value> parts = new ArrayList<>();
    for (int i = 2; i < call.inputs().size(); i += 3) {
      parts.add(call.in(i));
    }
    Call plain = new Call(call.node(), parts, List.of());
    return List.of(MovementShapes.concat(plain));
  }

  private static List<Value> where(Call call) {
    List<Long> branches = Shapes.broadcast(call.shape(1), call.shape(4));
    return List.of(Value.of(call.type(1), Shapes.broadcast(call.shape(0), branches)));
  }

  private static Call withoutScales(Call call) {
    return new Call(call.node(), call.inputs().subList(0, 1), List.of());
  }

  private static List<Value> pool(Call call) {
    List<Long> x = call.shape(0);
    if (!call.node().flag("channels_last", false)) {
      return PoolingOperators.pool(withoutScales(call)).subList(0, 1);
    }
    List<Long> spatial = x.subList(1, x.size() - 1);
    List<Long> kernel = call.node().integers("kernel_shape", List.of());
    List<Long> shape = new ArrayList<>(List.of(x.get(0)));
    shape.addAll(Window.of(call.node(), kernel, spatial).over(spatial));
    shape.add(x.get(x.size() - 1));
    return call.like(shape);
  }

  private static List<Value> globalPool(Call call) {
    List<Long> x = call.shape(0);
    boolean last = call.node().flag("channels_last", false);
    List<Long> shape = new ArrayList<>(x);
    for (int i = last ? 1 : 2; i < x.size() - (last ? 1 : 0); i++) {
      shape.set(i, 1L);
    }
    return call.like(shape);
  }

  private static Cost averagePool(Call call) {
    if (call.node().flag("channels_last", false) || call.node().flag("count_include_pad", false)) {
      return Cost.of(Shapes.multiply(call.y(), PoolingOperators.taps(call)), 0, 0);
    }
    return PoolingOperators.average(call);
  }

  /** Scales each output once, then rounds, adds the zero point and saturates. */
  static Operations requantised(Call call) {
    return Operations.of(call.y(), 0, 3 * call.y());
  }

  /** Turns the MACs into integer ones and leaves the rest. */
  static Cost integerOnly(Cost cost) {
    Operations all = cost.operations();
    Operations turned =
        new Operations(0, all.macs(), all.elementwise(), all.special(), all.comparisons());
    return new Cost(turned, cost.validMacs(), cost.note());
  }
}
