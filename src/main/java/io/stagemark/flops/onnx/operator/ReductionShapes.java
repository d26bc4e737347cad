package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Operators that reduce axes, and losses. */
final class ReductionShapes {
  private ReductionShapes() {}

  static void register(OperatorTable<ShapeRule> rules) {
    List.of(
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSum",
            "ReduceLogSumExp",
            "ReduceMax",
            "ReduceMean",
            "ReduceMin",
            "ReduceProd",
            "ReduceSum",
            "ReduceSumSquare")
        .forEach(op -> rules.put(op, ReductionShapes::reduce));
    List.of("ArgMax", "ArgMin").forEach(op -> rules.put(op, ReductionShapes::arg));
  }

  private static List<Value> reduce(Call call) {
    Value x = call.in(0);
    List<Long> axes = MovementShapes.axes(call, 1, List.of());
    boolean none = axes.isEmpty() && call.node().flag("noop_with_empty_axes", false);
    if (none) {
      return List.of(Value.of(x.type(), x.shape()));
    }
    Set<Integer> reduced = new HashSet<>();
    for (long axis : axes) {
      reduced.add(Shapes.axis(axis, x.rank()));
    }
    boolean keep = call.node().flag("keepdims", true);
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (!axes.isEmpty() && !reduced.contains(i)) {
        shape.add(x.extent(i));
      } else if (keep) {
        shape.add(1L);
      }
    }
    return List.of(Value.of(x.type(), shape));
  }

  private static List<Value> arg(Call call) {
    int axis = call.axis(0);
    List<Long> shape = new ArrayList<>(call.shape(0));
    if (call.node().flag("keepdims", true)) {
      shape.set(axis, 1L);
    } else {
      shape.remove(axis);
    }
    return List.of(Value.of(OnnxType.INT64, shape));
  }
}
