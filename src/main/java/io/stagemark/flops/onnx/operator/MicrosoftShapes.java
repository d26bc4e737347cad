package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.value.Window;
import java.util.ArrayList;
import java.util.List;

/** Shapes of the operators that ONNX Runtime adds and its optimiser writes. */
final class MicrosoftShapes {
  private MicrosoftShapes() {}

  static void register(OperatorTable<ShapeRule> rules) {
    List.of("MoE", "QMoE")
        .forEach(op -> rules.put("com.microsoft." + op, ElementwiseShapes::likeFirst));
    registerOthers(rules);
  }

  private static void registerOthers(OperatorTable<ShapeRule> rules) {
    rules.put("com.microsoft.BiasSplitGelu", MicrosoftShapes::halved);
    rules.put("com.microsoft.QLinearConcat", MicrosoftShapes::quantizedConcat);
    rules.put("com.microsoft.QLinearWhere", MicrosoftShapes::quantizedWhere);
    rules.put("com.microsoft.QLinearReduceMean", call -> withoutScales(call, "ReduceMean"));
    rules.put("com.microsoft.QLinearAveragePool", MicrosoftShapes::quantizedPool);
    rules.put("com.microsoft.QLinearGlobalAveragePool", MicrosoftShapes::quantizedGlobalPool);
  }

  static List<Value> like(Call call, List<Long> shape) {
    return List.of(Value.of(call.type(0), shape));
  }

  static List<Value> fusedMatMul(Call call) {
    List<Long> a = swapped(call.shape(0), call.node().flag("transA", false));
    List<Long> b = swapped(call.shape(1), call.node().flag("transB", false));
    return like(call, MatrixShapes.product(call.node(), a, b));
  }

  private static List<Long> swapped(List<Long> shape, boolean transposed) {
    if (!transposed || shape.size() < 2) {
      return shape;
    }
    List<Long> result = new ArrayList<>(shape);
    int last = shape.size() - 1;
    result.set(last, shape.get(last - 1));
    result.set(last - 1, shape.get(last));
    return result;
  }

  /** X [N, spatial…, C] to Y [N, spatial…, M]. */
  static List<Value> channelsLast(Call call, int weight) {
    ConvolutionLayout layout = ConvolutionLayout.channelsLast(call, weight);
    List<Long> shape = new ArrayList<>(List.of(call.shape(0).get(0)));
    shape.addAll(layout.window().over(layout.input()));
    shape.add(call.shape(weight).get(0));
    return List.of(Value.of(weight == 3 ? call.type(7) : call.type(0), shape));
  }

  /** A [.., K] times weights of K x N packed in few bits; N is an attribute. */
  static List<Value> packedWeights(Call call) {
    List<Long> a = call.shape(0);
    return like(call, Shapes.with(a, a.size() - 1, columns(call)));
  }

  /** Returns N of a product with packed weights. */
  static long columns(Call call) {
    return call.node().has("N")
        ? call.node().integer("N")
        : call.in(2).known().integer(1); // MatMulFpQ4 holds the weight's shape in input 2
  }

  static List<Value> toFloat(Call call) {
    boolean integers = call.node().type().equals("MatMulInteger16");
    return List.of(
        Value.of(
            integers ? OnnxType.INT32 : OnnxType.FLOAT,
            MatrixShapes.product(call.node(), call.shape(0), call.shape(1))));
  }

  static List<Value> quantizedGemm(Call call) {
    List<Long> a = swapped(call.shape(0), call.node().flag("transA", false));
    List<Long> b = swapped(call.shape(3), call.node().flag("transB", false));
    OnnxType type = call.has(7) ? call.type(0) : OnnxType.FLOAT;
    return List.of(Value.of(type, MatrixShapes.product(call.node(), a, b)));
  }

  private static List<Value> halved(Call call) {
    List<Long> x = call.shape(0);
    int last = x.size() - 1;
    return like(call, Shapes.with(x, last, x.get(last) / 2));
  }

  /** Inputs: y scale, y zero point, then value, scale and zero point of each part. */
  private static List<Value> quantizedConcat(Call call) {
    List<Value> parts = new ArrayList<>();
    for (int i = 2; i < call.inputs().size(); i += 3) {
      parts.add(call.in(i));
    }
    Call plain = new Call(call.node(), parts, List.of());
    return List.of(MovementShapes.concat(parts, plain));
  }

  private static List<Value> quantizedWhere(Call call) {
    List<Long> branches = Shapes.broadcast(call.shape(1), call.shape(4));
    return List.of(Value.of(call.type(1), Shapes.broadcast(call.shape(0), branches)));
  }

  private static List<Value> withoutScales(Call call, String operator) {
    Call plain = new Call(call.node(), call.inputs().subList(0, 1), List.of());
    return ShapeRules.standard(operator).outputs(plain);
  }

  private static List<Value> quantizedPool(Call call) {
    List<Long> x = call.shape(0);
    if (!call.node().flag("channels_last", false)) {
      return withoutScales(call, "AveragePool").subList(0, 1);
    }
    List<Long> spatial = x.subList(1, x.size() - 1);
    List<Long> kernel = call.node().integers("kernel_shape", List.of());
    List<Long> shape = new ArrayList<>(List.of(x.get(0)));
    shape.addAll(Window.of(call.node(), kernel, spatial).over(spatial));
    shape.add(x.get(x.size() - 1));
    return like(call, shape);
  }

  private static List<Value> quantizedGlobalPool(Call call) {
    List<Long> x = call.shape(0);
    boolean last = call.node().flag("channels_last", false);
    List<Long> shape = new ArrayList<>(x);
    for (int i = last ? 1 : 2; i < x.size() - (last ? 1 : 0); i++) {
      shape.set(i, 1L);
    }
    return like(call, shape);
  }
}
