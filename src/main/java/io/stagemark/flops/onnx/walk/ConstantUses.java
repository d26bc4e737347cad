package io.stagemark.flops.onnx.walk;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Origin;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which inputs of an operator are weights, which statistics, which mere settings. */
final class ConstantUses {
  private static final Map<String, Set<Integer>> STATISTICS =
      Map.ofEntries(
          Map.entry("BatchNormalization", Set.of(3, 4)),
          Map.entry("QuantizeLinear", Set.of(1, 2)),
          Map.entry("DequantizeLinear", Set.of(1, 2)),
          Map.entry("QLinearConv", Set.of(1, 2, 4, 5, 6, 7)),
          Map.entry("QLinearMatMul", Set.of(1, 2, 4, 5, 6, 7)),
          Map.entry("ConvInteger", Set.of(2, 3)),
          Map.entry("MatMulInteger", Set.of(2, 3)),
          Map.entry("MatMulIntegerToFloat", Set.of(2, 3, 4, 5)),
          Map.entry("DynamicQuantizeMatMul", Set.of(2, 3)),
          Map.entry("MatMulNBits", Set.of(2, 3, 4)),
          Map.entry("QLinearAdd", Set.of(1, 2, 4, 5, 6, 7)),
          Map.entry("QLinearMul", Set.of(1, 2, 4, 5, 6, 7)));

  private static final Map<String, Set<Integer>> SETTINGS =
      Map.ofEntries(
          Map.entry("Clip", Set.of(1, 2)),
          Map.entry("Resize", Set.of(1, 2, 3)),
          Map.entry("Upsample", Set.of(1)),
          Map.entry("Pad", Set.of(1, 2, 3)),
          Map.entry("Pow", Set.of(1)),
          Map.entry("Range", Set.of(0, 1, 2)),
          Map.entry("OneHot", Set.of(1, 2)),
          Map.entry("NonMaxSuppression", Set.of(2, 3, 4)),
          Map.entry("LSTM", Set.of(4)),
          Map.entry("GRU", Set.of(4)),
          Map.entry("RNN", Set.of(4)));

  /** Weights here even where they are integers or made by a node. */
  private static final Map<String, Set<Integer>> WEIGHTS =
      Map.ofEntries(
          Map.entry("Conv", Set.of(1, 2)),
          Map.entry("ConvTranspose", Set.of(1, 2)),
          Map.entry("DeformConv", Set.of(1, 3)),
          Map.entry("FusedConv", Set.of(1, 2)),
          Map.entry("ConvInteger", Set.of(1)),
          Map.entry("QLinearConv", Set.of(3, 8)),
          Map.entry("Gemm", Set.of(0, 1, 2)),
          Map.entry("FusedGemm", Set.of(0, 1, 2)),
          Map.entry("MatMul", Set.of(0, 1)),
          Map.entry("FusedMatMul", Set.of(0, 1)),
          Map.entry("MatMulInteger", Set.of(0, 1)),
          Map.entry("MatMulIntegerToFloat", Set.of(0, 1, 6)),
          Map.entry("DynamicQuantizeMatMul", Set.of(1, 4)),
          Map.entry("DynamicQuantizeLSTM", Set.of(1, 2, 3)),
          Map.entry("GatherBlockQuantized", Set.of(0)),
          Map.entry("QAttention", Set.of(1, 2)),
          Map.entry("QGemm", Set.of(3, 6)),
          Map.entry("QMoE", Set.of(2, 5, 8)),
          Map.entry("MatMulBnb4", Set.of(1)),
          Map.entry("MatMulFpQ4", Set.of(1)),
          Map.entry("MatMulNBits", Set.of(1, 5)),
          Map.entry("QLinearMatMul", Set.of(0, 3)),
          Map.entry("BatchNormalization", Set.of(1, 2)),
          Map.entry("LayerNormalization", Set.of(1, 2)),
          Map.entry("InstanceNormalization", Set.of(1, 2)),
          Map.entry("GroupNormalization", Set.of(1, 2)),
          Map.entry("RMSNormalization", Set.of(1)),
          Map.entry("PRelu", Set.of(1)),
          Map.entry("LSTM", Set.of(1, 2, 3, 7)),
          Map.entry("GRU", Set.of(1, 2, 3)),
          Map.entry("RNN", Set.of(1, 2, 3)),
          Map.entry("Attention", Set.of(1, 2)),
          Map.entry("Einsum", Set.of(0, 1)));

  /** A table or a scale: a parameter if it is floating point and more than one number. */
  private static final Set<String> ARITHMETIC =
      Set.of("Add", "Sub", "Mul", "Div", "Gather", "Concat", "Expand", "Sum");

  /** Operators that hand a constant on in other places or another shape. */
  private static final Set<String> MOVES =
      Set.of(
          "Concat",
          "DepthToSpace",
          "Expand",
          "Gather",
          "GatherElements",
          "GatherND",
          "Identity",
          "Pad",
          "Slice",
          "SpaceToDepth",
          "Split",
          "Tile");

  private ConstantUses() {}

  /**
   * Returns the outputs of a call, known to be made of constants where all that it reads is one.
   */
  static List<Value> passedOn(Call call, List<Value> outputs) {
    if (!MOVES.contains(call.node().type()) || !call.node().domain().equals(Node.STANDARD)) {
      return outputs;
    }
    List<Origin> origins = new ArrayList<>();
    for (int i = 0; i < call.inputs().size(); i++) {
      Value input = call.inputs().get(i);
      Origin origin = input.origin();
      if (input != Value.ABSENT && origin == null && input.numbers() == null) {
        return outputs;
      }
      if (origin != null && (i == 0 || call.node().type().equals("Concat"))) {
        origins.add(origin);
      }
    }
    if (origins.isEmpty()) {
      return outputs;
    }
    Origin joined = Origin.joined(origins);
    return outputs.stream().map(output -> output.from(joined)).toList();
  }

  /** Marks the constants that a call reads by what it reads them as. */
  static void mark(Call call) {
    String type = call.node().type();
    boolean moved =
        MOVES.contains(type) && call.outputs().stream().anyMatch(out -> out.origin() != null);
    for (int i = 0; i < call.inputs().size(); i++) {
      Origin origin = call.inputs().get(i).origin();
      if (origin == null) {
        continue;
      }
      origin.read();
      if (in(STATISTICS, type, i)) {
        origin.usedAs(Origin.Use.STATISTIC);
      } else if (in(SETTINGS, type, i)) {
        origin.usedAs(Origin.Use.SETTING);
      } else if (in(WEIGHTS, type, i) || (!moved && isTable(type, i, origin))) {
        origin.usedAs(Origin.Use.WEIGHT);
      }
    }
  }

  private static boolean in(Map<String, Set<Integer>> table, String type, int index) {
    return table.getOrDefault(type, Set.of()).contains(index);
  }

  private static boolean isTable(String type, int index, Origin origin) {
    boolean quantised =
        type.equals("Gather")
            && index == 0
            && origin.type().isInteger()
            && origin.type().bits() <= 8;
    return ARITHMETIC.contains(type)
        && (origin.type().isFloat() || quantised)
        && origin.elements() > 1;
  }
}
