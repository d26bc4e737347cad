package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.DType;
import io.stagemark.flops.torchscript.value.ScriptObject;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.ScriptValues;
import io.stagemark.flops.torchscript.value.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operators on quantised tensors. Weights are packed in an object of the library: its state holds
 * the weight, the bias, and for a convolution the window as one tensor of numbers.
 */
final class QuantizedOps {
  private QuantizedOps() {}

  static void register(OperatorTable<Operator> ops) {
    ops.put("quantize_per_tensor", a -> quantised(a, a.get(3)));
    ops.put("quantize_per_channel", a -> quantised(a, a.get(4)));
    ops.put("quantize_per_tensor_dynamic", a -> quantised(a, a.get(1)));
    ops.put("dequantize", QuantizedOps::real);
    for (String activation : List.of("", "_relu")) {
      for (int d = 1; d <= 3; d++) {
        ops.put("quantized.conv" + d + "d" + activation, QuantizedOps::convolution);
      }
      ops.put("quantized.linear" + activation, a -> product(a, OnnxType.UINT8));
      ops.put("quantized.linear" + activation + "_dynamic", a -> product(a, OnnxType.FLOAT));
      ops.put("quantized.add" + activation, a -> pairwise(a, "Add"));
      ops.put("quantized.mul" + activation, a -> pairwise(a, "Mul"));
      ops.put("quantized.add_scalar" + activation, a -> pairwise(a, "Add"));
      ops.put("quantized.mul_scalar" + activation, a -> pairwise(a, "Mul"));
    }
    for (int d = 1; d <= 3; d++) {
      ops.put("quantized.conv_transpose" + d + "d", QuantizedOps::convolution);
    }
    ops.put("quantized.linear_dynamic_fp16", a -> product(a, OnnxType.FLOAT));
    ops.put("quantized.cat", a -> a.apply("Concat", a.tensors(0), Map.of("axis", a.integer(1))));
    Map.of(
            "quantized.hardswish", "HardSwish",
            "quantized.leaky_relu", "LeakyRelu",
            "quantized.sigmoid", "Sigmoid",
            "quantized.relu6", "Relu",
            "quantized.elu", "Elu",
            "quantized.celu", "Celu")
        .forEach((name, onnx) -> ops.put(name, a -> a.apply(onnx, a.tensor(0))));
    List.of("int_repr", "q_scale", "q_zero_point").forEach(name -> ops.put(name, ops(name)));
  }

  private static Operator ops(String name) {
    return switch (name) {
      case "int_repr" -> a -> a.tensor(0);
      case "q_scale" -> a -> Unknown.FLOAT;
      default -> a -> Unknown.INT;
    };
  }

  private static Object quantised(Arguments a, @Nullable Object code) {
    Value x = a.tensor(0);
    OnnxType type = code instanceof Long whole ? DType.onnx(whole) : OnnxType.UINT8;
    Value scale = Value.of(OnnxType.FLOAT, List.of());
    Value y = a.apply("QuantizeLinear", x, scale, Value.of(type, List.of()));
    return y.typed(type);
  }

  private static Object real(Arguments a) {
    if (a.get(0) instanceof List<?>) {
      List<@Nullable Object> all = new ArrayList<>();
      a.tensors(0).forEach(x -> all.add(real(a, x)));
      return all;
    }
    return real(a, a.tensor(0));
  }

  private static Value real(Arguments a, Value x) {
    return x.type().isFloat()
        ? x
        : a.apply("DequantizeLinear", x, Value.of(OnnxType.FLOAT, List.of()));
  }

  private static Object pairwise(Arguments a, String onnx) {
    return a.apply(onnx, a.tensor(0), a.tensor(1));
  }

  /** What an object of the library packs. */
  private record PackedLayer(Value weight, Value bias, List<Long> window) {

    /** Gathers the tensors and numbers of a state, however its version nests them. */
    static PackedLayer of(Arguments a) {
      if (!(a.get(1) instanceof ScriptObject object)) {
        throw a.misfit("packed weights", a.get(1));
      }
      List<Value> tensors = new ArrayList<>();
      List<Long> numbers = new ArrayList<>();
      object.fields().values().forEach(state -> collect(state, tensors, numbers, 0));
      List<Value> weights = new ArrayList<>();
      for (Value tensor : tensors) {
        Numbers known = tensor.numbers();
        boolean settings = tensor.type() == OnnxType.INT16 || tensor.type() == OnnxType.INT64;
        if (settings && known != null) {
          for (int i = 0; i < known.count(); i++) {
            numbers.add(known.integer(i));
          }
        } else {
          weights.add(tensor);
        }
      }
      if (weights.isEmpty()) {
        throw a.misfit("packed weights", a.get(1));
      }
      a.tape().weights(weights);
      Value bias = weights.size() > 1 ? weights.get(1) : Value.ABSENT;
      return new PackedLayer(weights.get(0), bias, numbers);
    }

    private static void collect(
        @Nullable Object state, List<Value> tensors, List<Long> numbers, int depth) {
      if (state instanceof Value tensor) {
        tensors.add(tensor);
      } else if (state instanceof Long number && depth > 1) {
        numbers.add(number);
      } else if ((state instanceof List<?> || state instanceof ScriptTuple) && depth < 8) {
        ScriptValues.items(state).forEach(item -> collect(item, tensors, numbers, depth + 1));
      }
    }
  }

  /** x, packed, scale, zero point. */
  private static Object product(Arguments a, OnnxType type) {
    PackedLayer packed = PackedLayer.of(a);
    Value x = a.tensor(0);
    Value w = packed.weight();
    Value turned = w.viewedAs(List.of(w.extent(1), w.extent(0)));
    Value y = a.apply("MatMulInteger", x.typed(OnnxType.UINT8), turned.typed(OnnxType.INT8));
    return biased(a, y, packed.bias()).typed(type);
  }

  private static Value biased(Arguments a, Value y, Value bias) {
    Operations sums = Operations.of(0, 0, y.elementCount());
    return bias == Value.ABSENT
        ? y
        : a.tape().custom("QBias", a.where(), List.of(y, bias), y.viewedAs(y.shape()), sums);
  }

  /** The window: rank, then stride, padding, dilation, output padding for each axis, groups. */
  private static Object convolution(Arguments a) {
    PackedLayer packed = PackedLayer.of(a);
    Value x = a.tensor(0);
    Value w = packed.weight();
    int rank = w.rank() - 2;
    List<Long> window = packed.window();
    int start = window.size() - (4 * rank + 2);
    if (start < 0 || a.operator().contains("transpose")) {
      throw a.noRule("this form of " + a.operator());
    }
    List<Long> pads = new ArrayList<>(window.subList(start + rank, start + 2 * rank));
    pads.addAll(List.copyOf(pads));
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("strides", List.copyOf(window.subList(start, start + rank)));
    attributes.put("pads", pads);
    attributes.put("dilations", List.copyOf(window.subList(start + 2 * rank, start + 3 * rank)));
    attributes.put("group", window.get(start + 4 * rank));
    Value y =
        a.apply(
            "ConvInteger", List.of(x.typed(OnnxType.UINT8), w.typed(OnnxType.INT8)), attributes);
    return biased(a, y, packed.bias()).typed(OnnxType.UINT8);
  }
}
