package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.Numbers;
import io.stagemark.flops.onnx.OnnxType;
import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reductions, normalisations, softmax, sorting. */
final class ReductionOps {
  private ReductionOps() {}

  static void register(Map<String, Operator> ops) {
    ops.put("mean", a -> reduce(a, "ReduceMean", 1, 2));
    ops.put("sum", a -> reduce(a, "ReduceSum", 1, 2));
    ops.put("nansum", ops.get("sum"));
    ops.put("prod", a -> reduce(a, "ReduceProd", 1, 2));
    ops.put("amax", a -> reduce(a, "ReduceMax", 1, 2));
    ops.put("amin", a -> reduce(a, "ReduceMin", 1, 2));
    ops.put("logsumexp", a -> reduce(a, "ReduceLogSumExp", 1, 2));
    List.of("any", "all").forEach(name -> ops.put(name, a -> truth(a)));
    List.of("norm", "linalg_vector_norm", "frobenius_norm")
        .forEach(name -> ops.put(name, a -> reduce(a, "ReduceL2", 2, 3)));
    List.of("var", "std").forEach(name -> ops.put(name, ReductionOps::variance));
    List.of("max", "min").forEach(name -> ops.put(name, ReductionOps::extreme));
    List.of("argmax", "argmin").forEach(name -> ops.put(name, ReductionOps::position));
    List.of("softmax", "_softmax").forEach(name -> ops.put(name, a -> softmax(a, "Softmax")));
    List.of("log_softmax", "_log_softmax")
        .forEach(name -> ops.put(name, a -> softmax(a, "LogSoftmax")));
    ops.put("cumsum", ReductionOps::cumulative);
    ops.put("topk", a -> top(a, a.integer(1), a.integer(2, "dim", -1)));
    ops.put("sort", ReductionOps::sort);
    ops.put("batch_norm", ReductionOps::batchNorm);
    List.of("layer_norm", "native_layer_norm")
        .forEach(name -> ops.put(name, ReductionOps::layerNorm));
    ops.put("rms_norm", ReductionOps::rmsNorm);
    ops.put("group_norm", ReductionOps::groupNorm);
    ops.put("instance_norm", ReductionOps::instanceNorm);
    ops.put("local_response_norm", Arguments::unknown);
  }

  private static Object reduce(Arguments a, String onnx, int axes, int keep) {
    Value x = a.tensor(0);
    boolean noAxes = a.get(axes, "dim") == null || a.get(axes, "dim") instanceof Boolean;
    Map<String, Object> attributes = new HashMap<>();
    List<Value> inputs = new ArrayList<>(List.of(x));
    if (!noAxes && !a.integers(axes, "dim").isEmpty()) {
      long[] given = a.integers(axes, "dim").stream().mapToLong(Long::longValue).toArray();
      inputs.add(Value.integers(given));
    }
    attributes.put("keepdims", !noAxes && a.flag(keep, "keepdim", false) ? 1L : 0L);
    return a.apply(onnx, inputs, attributes);
  }

  private static Object truth(Arguments a) {
    Object reduced = reduce(a, "ReduceMax", 1, 2);
    return reduced instanceof Value value ? value.typed(OnnxType.BOOL) : reduced;
  }

  /** Mean, difference, square, mean: four operations an element. */
  private static Object variance(Arguments a) {
    Value x = a.tensor(0);
    Value mean = a.apply("ReduceMean", List.of(x), Map.of("keepdims", 1L));
    Value squares = a.apply("Mul", x, a.apply("Sub", x, mean));
    Object result = reduce(a.with(squares), "ReduceMean", 1, 3);
    boolean root = a.operator().startsWith("std") && result instanceof Value;
    return root ? a.apply("Sqrt", (Value) result) : result;
  }

  /** Of one tensor, of one along an axis (with positions), or of two. */
  private static Object extreme(Arguments a) {
    String name = a.operator().startsWith("max") ? "Max" : "Min";
    if (a.isTensor(1)) {
      return ElementwiseOps.binary(a, name);
    }
    Object values = reduce(a, "Reduce" + name, 1, 2);
    if (a.get(1, "dim") == null || !(values instanceof Value value)) {
      return values;
    }
    return ScriptTuple.of(List.of(value, Value.of(OnnxType.INT64, value.shape())));
  }

  private static Object position(Arguments a) {
    Value x = a.tensor(0);
    if (a.get(1, "dim") == null) {
      x = x.viewedAs(List.of(x.elementCount()));
    }
    return a.apply(
        a.operator().equals("argmax") ? "ArgMax" : "ArgMin",
        List.of(x),
        Map.of("axis", a.integer(1, "dim", 0), "keepdims", a.flag(2, "keepdim", false) ? 1L : 0L));
  }

  private static Object softmax(Arguments a, String onnx) {
    return a.apply(onnx, List.of(a.tensor(0)), Map.of("axis", a.integer(1)));
  }

  private static Object cumulative(Arguments a) {
    return a.apply(
        "CumSum", a.tensor(0), Value.of(OnnxType.INT64, List.of(), number(a.integer(1))));
  }

  private static Numbers number(long value) {
    return Numbers.of(value);
  }

  private static Object top(Arguments a, long k, long axis) {
    return ScriptTuple.of(
        new ArrayList<>(
            a.tape()
                .apply(
                    "TopK",
                    a.where(),
                    List.of(a.tensor(0), Value.integers(k)),
                    Map.of("axis", axis),
                    2)));
  }

  /** Sorting is a top-k of everything. */
  private static Object sort(Arguments a) {
    boolean stable = a.get(1) == null || (a.get(1) instanceof Boolean && a.count() > 3);
    long axis = a.integer(stable ? 2 : 1, "dim", -1);
    return top(a, a.tensor(0).extent((int) axis), axis);
  }

  /** input, weight, bias, running_mean, running_var, training. */
  private static Object batchNorm(Arguments a) {
    Value x = a.tensor(0);
    Value channels = Value.of(x.type(), List.of(x.rank() > 1 ? x.extent(1) : 1L));
    List<Value> inputs = new ArrayList<>(List.of(x));
    for (int i = 1; i <= 4; i++) {
      Value given = a.optional(i, "");
      inputs.add(given == Value.ABSENT ? channels : given);
    }
    long training = a.flag(5, "training", false) ? 1 : 0;
    return a.apply("BatchNormalization", inputs, Map.of("training_mode", training));
  }

  private static Object layerNorm(Arguments a) {
    long axis = -a.integers(1, "normalized_shape").size();
    List<Value> inputs = List.of(a.tensor(0), a.optional(2, "weight"), a.optional(3, "bias"));
    Value y = a.apply("LayerNormalization", inputs, Map.of("axis", axis));
    return a.operator().startsWith("native")
        ? ScriptTuple.of(List.of(y, Value.UNKNOWN, Value.UNKNOWN))
        : y;
  }

  private static Object rmsNorm(Arguments a) {
    long axis = -a.integers(1, "normalized_shape").size();
    return a.apply(
        "RMSNormalization", List.of(a.tensor(0), a.optional(2, "weight")), Map.of("axis", axis));
  }

  private static Object groupNorm(Arguments a) {
    return a.apply(
        "GroupNormalization",
        List.of(a.tensor(0), a.optional(2, "weight"), a.optional(3, "bias")),
        Map.of("num_groups", a.integer(1)));
  }

  private static Object instanceNorm(Arguments a) {
    return a.apply(
        "InstanceNormalization",
        List.of(a.tensor(0), a.optional(1, "weight"), a.optional(2, "bias")),
        Map.of());
  }
}
