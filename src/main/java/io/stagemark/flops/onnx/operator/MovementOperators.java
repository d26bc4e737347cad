package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.KnownValues.unary;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.unshaped;
import static io.stagemark.flops.onnx.operator.OnnxOperator.view;
import static io.stagemark.flops.onnx.value.CostRule.NOTHING;
import static io.stagemark.flops.onnx.value.ShapeRule.LIKE_FIRST;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.FoldRule;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.SliceSpec;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Operators that keep the elements and change shape, order or type: no arithmetic. */
final class MovementOperators {
  private static final FoldRule SAME = unary(a -> a, a -> a);

  private MovementOperators() {}

  static List<OnnxOperator> all() {
    return join(views(), casts(), moves());
  }

  private static List<OnnxOperator> views() {
    return List.of(
        view("Identity", LIKE_FIRST).passingConstants().folding(SAME),
        view("Dropout", MovementOperators::withMask),
        view("Reshape", MovementShapes::reshape),
        view("Flatten", MovementShapes::flatten),
        view("Squeeze", MovementShapes::squeeze),
        view("Unsqueeze", MovementShapes::unsqueeze));
  }

  private static List<OnnxOperator> casts() {
    ShapeRule cast = call -> cast(call, OnnxType.of((int) call.node().integer("to")));
    return List.of(
        standard("Cast", cast, NOTHING).folding(SAME),
        standard("BitCast", cast, NOTHING),
        standard("CastLike", call -> cast(call, call.type(1)), NOTHING));
  }

  private static List<OnnxOperator> moves() {
    return List.of(
        standard("Transpose", MovementShapes::transpose, NOTHING).folding(KnownMoves::transpose),
        standard("Concat", call -> List.of(MovementShapes.concat(call)), NOTHING)
            .passingConstants()
            .tables()
            .folding(KnownMoves::concat),
        standard("Split", MovementShapes::split, NOTHING)
            .passingConstants()
            .folding(KnownMoves::split),
        standard("Slice", call -> call.like(SliceSpec.of(call).shape()), NOTHING)
            .passingConstants()
            .folding(KnownMoves::slice),
        standard("Expand", MovementShapes::expand, NOTHING)
            .passingConstants()
            .tables()
            .folding(KnownMoves::expand),
        standard("Tile", MovementShapes::tile, NOTHING)
            .passingConstants()
            .folding(KnownMoves::tile),
        standard("Pad", MovementShapes::pad, NOTHING).passingConstants().settings(1, 2, 3),
        standard("CenterCropPad", MovementShapes::centerCropPad, NOTHING),
        standard("DepthToSpace", call -> MovementShapes.block(call, false), NOTHING)
            .passingConstants(),
        standard("SpaceToDepth", call -> MovementShapes.block(call, true), NOTHING)
            .passingConstants(),
        standard("ReverseSequence", LIKE_FIRST, NOTHING),
        standard("Trilu", LIKE_FIRST, NOTHING),
        unshaped(ConvolutionOperators.BLOCKED, "ReorderInput", NOTHING),
        unshaped(ConvolutionOperators.BLOCKED, "ReorderOutput", NOTHING));
  }

  private static List<Value> cast(Call call, OnnxType to) {
    Value source = call.in(0);
    return List.of(Value.of(to, source.shape()).from(source.origin()));
  }

  private static List<Value> withMask(Call call) {
    Value first = call.in(0);
    return List.of(
        Value.of(first.type(), first.shape(), first.numbers()).from(first.origin()),
        Value.of(OnnxType.BOOL, first.shape()));
  }
}
