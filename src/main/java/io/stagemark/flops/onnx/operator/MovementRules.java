package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Operators that move data: bytes and no arithmetic, but for scatters that add. */
final class MovementRules {
  private MovementRules() {}

  static void register(OperatorTable<CostRule> rules) {
    List.of(
            "BitCast",
            "Cast",
            "CastLike",
            "CenterCropPad",
            "Compress",
            "Concat",
            "ConcatFromSequence",
            "ConstantOfShape",
            "DepthToSpace",
            "Expand",
            "EyeLike",
            "Gather",
            "GatherElements",
            "GatherND",
            "NonZero",
            "OneHot",
            "Pad",
            "Range",
            "ReverseSequence",
            "Scatter",
            "Slice",
            "SpaceToDepth",
            "Split",
            "SplitToSequence",
            "TensorScatter",
            "Tile",
            "Transpose",
            "Trilu")
        .forEach(op -> rules.put(op, call -> Cost.NOTHING));
    registerOthers(rules);
  }

  private static void registerOthers(OperatorTable<CostRule> rules) {
    List.of("ScatterElements", "ScatterND").forEach(op -> rules.put(op, MovementRules::scatter));
    List.of(
            "ImageDecoder",
            "RegexFullMatch",
            "StringConcat",
            "StringNormalizer",
            "StringSplit",
            "TfIdfVectorizer")
        .forEach(op -> rules.put(op, call -> Cost.NOTHING));
    List.of("If", "Loop", "Scan", "SequenceMap")
        .forEach(op -> rules.put(op, MovementRules::control));
  }

  /** A reduction takes one operation for each update. */
  private static Cost scatter(Call call) {
    return switch (call.node().text("reduction", "none")) {
      case "add", "mul" -> ElementwiseRules.arithmetic(call, call.count(2));
      case "max", "min" -> Cost.of(0, 0, call.count(2));
      default -> Cost.NOTHING;
    };
  }

  /** The bodies were counted node by node; without outputs nobody knows which one ran. */
  private static Cost control(Call call) {
    if (call.outputs().contains(Value.UNKNOWN)) {
      throw new UnknownShape("the executed branch or iterations");
    }
    return Cost.NOTHING;
  }
}
