package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.alike;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.unruled;
import static io.stagemark.flops.onnx.value.CostRule.NOTHING;
import static io.stagemark.flops.onnx.value.ShapeRule.LIKE_FIRST;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Operators that pick elements by indices or put them there; scatters can also add. */
final class GatherOperators {
  private GatherOperators() {}

  static List<OnnxOperator> all() {
    return join(
        List.of(
            standard("Gather", GatherOperators::gather, NOTHING)
                .passingConstants()
                .tables()
                .folding(KnownMoves::gather),
            standard("GatherElements", call -> call.like(call.shape(1)), NOTHING)
                .passingConstants(),
            standard("GatherND", GatherOperators::gatherNd, NOTHING).passingConstants(),
            unruled("GatherBlockQuantized").weights(0),
            standard("OneHot", GatherOperators::oneHot, NOTHING).settings(1, 2),
            standard("NonZero", GatherOperators::nonZero, NOTHING).folding(KnownMoves::nonZero),
            standard("Compress", GatherOperators::compress, NOTHING),
            standard("ScatterElements", LIKE_FIRST, GatherOperators::scatter),
            standard("ScatterND", LIKE_FIRST, GatherOperators::scatter)
                .folding(KnownMoves::scatterNd)),
        alike(LIKE_FIRST, NOTHING, "Scatter", "TensorScatter"));
  }

  private static List<Value> gather(Call call) {
    Value x = call.in(0);
    int axis = call.axis(0);
    List<Long> shape = new ArrayList<>(x.shape().subList(0, axis));
    shape.addAll(call.shape(1));
    shape.addAll(x.shape().subList(axis + 1, x.rank()));
    return call.like(shape);
  }

  private static List<Value> gatherNd(Call call) {
    Value x = call.in(0);
    List<Long> indices = call.shape(1);
    int batch = (int) call.node().integer("batch_dims", 0);
    int depth = Math.toIntExact(indices.get(indices.size() - 1));
    List<Long> shape = new ArrayList<>(indices.subList(0, indices.size() - 1));
    shape.addAll(x.shape().subList(batch + depth, x.rank()));
    return call.like(shape);
  }

  private static List<Value> oneHot(Call call) {
    List<Long> shape = new ArrayList<>(call.shape(0));
    long axis = call.node().integer("axis", -1);
    shape.add((int) (axis < 0 ? axis + shape.size() + 1 : axis), call.in(1).integers()[0]);
    return List.of(Value.of(call.type(2), shape));
  }

  private static List<Value> nonZero(Call call) {
    Value x = call.in(0);
    Numbers numbers = x.known();
    int found = 0;
    for (int i = 0; i < numbers.count(); i++) {
      found += numbers.real(i) != 0 ? 1 : 0;
    }
    return List.of(Value.of(OnnxType.INT64, List.of((long) x.rank(), (long) found)));
  }

  private static List<Value> compress(Call call) {
    Numbers chosen = call.in(1).known();
    long count = 0;
    for (int i = 0; i < chosen.count(); i++) {
      count += chosen.integer(i) != 0 ? 1 : 0;
    }
    if (!call.node().has("axis")) {
      return call.like(List.of(count));
    }
    return call.like(Shapes.with(call.shape(0), call.axis(0), count));
  }

  /** A reduction takes one operation for each update. */
  private static Cost scatter(Call call) {
    return switch (call.node().text("reduction", "none")) {
      case "add", "mul" -> ElementwiseOperators.arithmetic(call, call.count(2));
      case "max", "min" -> Cost.of(0, 0, call.count(2));
      default -> Cost.NOTHING;
    };
  }
}
