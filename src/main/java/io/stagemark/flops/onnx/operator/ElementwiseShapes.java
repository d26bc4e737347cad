package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Operators whose output has the shape of an input, or that two shapes broadcast to. */
final class ElementwiseShapes {
  private ElementwiseShapes() {}

  private static final List<String> LIKE_FIRST =
      List.of(
          "Abs",
          "Acos",
          "Acosh",
          "Asin",
          "Asinh",
          "Atan",
          "Atanh",
          "BitwiseNot",
          "Ceil",
          "Celu",
          "Clip",
          "Cos",
          "Cosh",
          "CumProd",
          "CumSum",
          "Elu",
          "Erf",
          "Exp",
          "Floor",
          "Gelu",
          "HardSigmoid",
          "HardSwish",
          "Hardmax",
          "Identity",
          "LeakyRelu",
          "Log",
          "Mish",
          "Neg",
          "Not",
          "PRelu",
          "Reciprocal",
          "Relu",
          "ReverseSequence",
          "RotaryEmbedding",
          "Round",
          "Scatter",
          "ScatterElements",
          "ScatterND",
          "Selu",
          "Shrink",
          "Sigmoid",
          "Sign",
          "Sin",
          "Sinh",
          "Softplus",
          "Softsign",
          "Sqrt",
          "Swish",
          "Tan",
          "Tanh",
          "TensorScatter",
          "ThresholdedRelu",
          "Trilu",
          "BiasGelu",
          "FastGelu",
          "QuickGelu",
          "QLinearSigmoid",
          "QLinearLeakyRelu",
          "QLinearSoftmax",
          "Scaler",
          "Normalizer",
          "Imputer",
          "Binarizer");

  private static final List<String> BROADCAST =
      List.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Mod",
          "BitShift",
          "BitwiseAnd",
          "BitwiseOr",
          "BitwiseXor",
          "Max",
          "Min",
          "Mean",
          "Sum",
          "BiasAdd");

  private static final List<String> COMPARE =
      List.of("And", "Or", "Xor", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual");

  static void register(OperatorTable<ShapeRule> rules) {
    LIKE_FIRST.forEach(op -> rules.put(op, ElementwiseShapes::likeFirst));
    BROADCAST.forEach(op -> rules.put(op, call -> List.of(broadcast(call, call.type(0)))));
    COMPARE.forEach(op -> rules.put(op, call -> List.of(broadcast(call, OnnxType.BOOL))));
    List.of("IsInf", "IsNaN")
        .forEach(op -> rules.put(op, call -> List.of(Value.of(OnnxType.BOOL, call.shape(0)))));
    rules.put("Where", ElementwiseShapes::where);
    rules.put("Cast", call -> List.of(cast(call, OnnxType.of((int) call.node().integer("to")))));
    rules.put("BitCast", rules.get("Cast"));
    rules.put("CastLike", call -> List.of(cast(call, call.type(1))));
    rules.put("SwiGLU", ElementwiseShapes::gated);
    rules.put("Dropout", call -> withMask(call));
    rules.put("QuantizeLinear", ElementwiseShapes::quantize);
    rules.put("DequantizeLinear", ElementwiseShapes::dequantize);
    rules.put("DynamicQuantizeLinear", ElementwiseShapes::dynamicQuantize);
    rules.put("QLinearAdd", call -> List.of(quantizedBroadcast(call)));
    rules.put("QLinearMul", call -> List.of(quantizedBroadcast(call)));
  }

  static List<Value> likeFirst(Call call) {
    Value first = call.in(0);
    return List.of(Value.of(first.type(), first.shape()));
  }

  private static Value broadcast(Call call, OnnxType type) {
    List<Long> shape = call.shape(0);
    for (int i = 1; i < call.inputs().size(); i++) {
      shape = Shapes.broadcast(shape, call.shape(i));
    }
    return Value.of(type, shape);
  }

  private static Value quantizedBroadcast(Call call) {
    return Value.of(call.type(0), Shapes.broadcast(call.shape(0), call.shape(3)));
  }

  private static List<Value> where(Call call) {
    List<Long> branches = Shapes.broadcast(call.shape(1), call.shape(2));
    return List.of(Value.of(call.type(1), Shapes.broadcast(call.shape(0), branches)));
  }

  private static Value cast(Call call, OnnxType to) {
    Value source = call.in(0);
    return Value.of(to, source.shape()).from(source.origin());
  }

  private static List<Value> gated(Call call) {
    List<Long> shape = call.shape(0);
    if (call.has(1)) {
      return List.of(Value.of(call.type(0), shape));
    }
    int last = shape.size() - 1;
    return List.of(Value.of(call.type(0), Shapes.with(shape, last, shape.get(last) / 2)));
  }

  private static List<Value> withMask(Call call) {
    Value first = call.in(0);
    return List.of(
        Value.of(first.type(), first.shape(), first.numbers()).from(first.origin()),
        Value.of(OnnxType.BOOL, first.shape()));
  }

  private static List<Value> quantize(Call call) {
    OnnxType type =
        call.has(2)
            ? call.type(2)
            : OnnxType.of(
                (int) call.node().integer("output_dtype", 2)); // uint8 where nothing says more
    return List.of(Value.of(type == OnnxType.UNDEFINED ? OnnxType.UINT8 : type, call.shape(0)));
  }

  private static List<Value> dequantize(Call call) {
    Value x = call.in(0);
    return List.of(Value.of(call.type(1), x.shape()).from(x.origin()));
  }

  private static List<Value> dynamicQuantize(Call call) {
    return List.of(
        Value.of(OnnxType.UINT8, call.shape(0)),
        Value.of(OnnxType.FLOAT, List.of()),
        Value.of(OnnxType.UINT8, List.of()));
  }
}
