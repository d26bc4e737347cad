package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reductions, normalisations, softmax, sorting. */
final class ReductionOps {
  private ReductionOps() {}

  static void register(OperatorTable<Operator> ops) {
    Map.of(
            "mean", "ReduceMean",
            "nanmean", "ReduceMean",
            "count_nonzero", "ReduceMean",
            "sum", "ReduceSum",
            "nansum", "ReduceSum",
            "amax", "ReduceMax",
            "amin", "ReduceMin",
            "logsumexp", "ReduceLogSumExp",
            "frobenius_norm", "ReduceL2")
        .forEach((name, onnx) -> along(ops, name, 1, a -> reduce(a, onnx, 1, 2)));
    ops.put("special_logsumexp", ops.get("logsumexp"));
    ops.put("prod", a -> reduce(a, "ReduceProd", 1, 2));
    List.of("any", "all").forEach(name -> along(ops, name, 1, a -> truth(a)));
    Operator norm = a -> reduce(a, "ReduceL2", 2, 3);
    List.of("norm", "linalg_vector_norm").forEach(name -> along(ops, name, 2, norm));
    List.of("linalg_norm", "nuclear_norm").forEach(name -> ops.put(name, norm));
    List.of("var", "std").forEach(name -> along(ops, name, 1, ReductionOps::variance));
    List.of("var_mean", "std_mean")
        .forEach(name -> along(ops, name, 1, ReductionOps::varianceAndMean));
    List.of("max", "min").forEach(name -> ops.put(name, ReductionOps::extreme));
    List.of("argmax", "argmin").forEach(name -> ops.put(name, ReductionOps::position));
    List.of("softmax", "_softmax", "special_softmax", "_safe_softmax")
        .forEach(name -> ops.put(name, a -> softmax(a, "Softmax")));
    List.of("log_softmax", "_log_softmax")
        .forEach(name -> ops.put(name, a -> softmax(a, "LogSoftmax")));
    ops.put("softmin", a -> softmax(a, "Softmax"));
    List.of("cumsum", "cumprod", "logcumsumexp")
        .forEach(name -> ops.put(name, ReductionOps::cumulative));
    List.of("cummax", "cummin")
        .forEach(name -> ops.put(name, a -> withPositions((Value) cumulative(a))));
    ops.put("argsort", a -> positions(sort(a)));
    List.of("median", "nanmedian", "mode").forEach(name -> ops.put(name, ReductionOps::median));
    ops.put("kthvalue", checked(a -> LayerChecks.chosen(a, 1), ReductionOps::kth));
    ops.put("aminmax", ReductionOps::bounds);
    ops.put("diff", ReductionOps::difference);
    ops.put("cosine_similarity", ReductionOps::similarity);
    ops.put("pairwise_distance", ReductionOps::distance);
    ops.put(
        "topk",
        checked(a -> LayerChecks.chosen(a, 0), a -> top(a, a.integer(1), a.integer(2, "dim", -1))));
    ops.put("sort", ReductionOps::sort);
    registerNormalizations(ops);
  }

  private static void registerNormalizations(OperatorTable<Operator> ops) {
    ops.put("batch_norm", checked(LayerChecks::batchNorm, ReductionOps::batchNorm));
    Operator several = a -> normalised(batchNorm(a));
    List.of("native_batch_norm", "_native_batch_norm_legit", "cudnn_batch_norm")
        .forEach(name -> ops.put(name, checked(LayerChecks::batchNorm, several)));
    ops.put("_native_batch_norm_legit_no_training", several);
    List.of("layer_norm", "native_layer_norm")
        .forEach(name -> ops.put(name, checked(LayerChecks::layerNorm, ReductionOps::layerNorm)));
    ops.put("rms_norm", checked(LayerChecks::layerNorm, ReductionOps::rmsNorm));
    ops.put("group_norm", checked(LayerChecks::groupNorm, ReductionOps::groupNorm));
    ops.put("instance_norm", checked(LayerChecks::instanceNorm, ReductionOps::instanceNorm));
  }

  /** Registers an operator whose argument {@code at} may name the axes to reduce. */
  private static void along(OperatorTable<Operator> ops, String name, int at, Operator operator) {
    ops.put(name, checked(a -> LayerChecks.reduced(a, at), operator));
  }

  private static Object normalised(Object y) {
    return ScriptTuple.of(List.of(y, Value.UNKNOWN, Value.UNKNOWN));
  }

  private static Object withPositions(Value values) {
    return ScriptTuple.of(List.of(values, Value.of(OnnxType.INT64, values.shape())));
  }

  private static Object positions(Object sorted) {
    return sorted instanceof ScriptTuple both ? both.items().get(1) : sorted;
  }

  private static Object varianceAndMean(Arguments a) {
    return ScriptTuple.of(List.of(variance(a), reduce(a, "ReduceMean", 1, 3)));
  }

  private static Object bounds(Arguments a) {
    Value x = a.tensor(0);
    Map<String, Object> attributes =
        Map.of("keepdims", a.keywords().get("keepdim") == Boolean.TRUE ? 1L : 0L);
    List<Value> inputs = new ArrayList<>(List.of(x));
    if (a.keywords().get("dim") instanceof Long axis) {
      inputs.add(Value.integers(axis));
    }
    return ScriptTuple.of(
        List.of(
            a.apply("ReduceMin", inputs, attributes), a.apply("ReduceMax", inputs, attributes)));
  }

  /** Sorts and takes the one in the middle: of all, or with its position along an axis. */
  private static Object median(Arguments a) {
    Value x = a.tensor(0);
    if (a.get(1, "dim") == null && !a.operator().equals("mode")) {
      Value flat = x.viewedAs(List.of(x.elementCount()));
      top(a.with(flat), flat.extent(0), 0);
      return Value.of(x.type(), List.of());
    }
    return picked(a, a.integer(1, "dim", -1), a.flag(2, "keepdim", false));
  }

  private static Object kth(Arguments a) {
    return picked(a, a.integer(2, "dim", -1), a.flag(3, "keepdim", false));
  }

  private static Object picked(Arguments a, long axis, boolean keep) {
    Value x = a.tensor(0);
    int at = MoveOps.axis(axis, x.rank());
    top(a, x.extent(at), axis);
    List<Long> shape = new ArrayList<>(x.shape());
    if (keep) {
      shape.set(at, 1L);
    } else {
      shape.remove(at);
    }
    return withPositions(Value.of(x.type(), shape));
  }

  private static Object difference(Arguments a) {
    Value x = a.tensor(0);
    long times = a.integer(1, "n", 1);
    int at = MoveOps.axis(a.integer(2, "dim", -1), x.rank());
    if (a.get(3, "prepend") != null || a.get(4, "append") != null || times != 1) {
      throw a.noRule("differences with a rim");
    }
    List<Long> shape = new ArrayList<>(x.shape());
    shape.set(at, Math.max(0, x.extent(at) - 1));
    Value part = x.viewedAs(shape).forgetful();
    return a.apply("Sub", part, part);
  }

  /** Three sums of products, two roots and a division. */
  private static Object similarity(Arguments a) {
    long axis = a.integer(2, "dim", 1);
    Value dot = summed(a, a.apply("Mul", a.tensor(0), a.tensor(1)), axis);
    Value left = summed(a, a.apply("Mul", a.tensor(0), a.tensor(0)), axis);
    Value right = summed(a, a.apply("Mul", a.tensor(1), a.tensor(1)), axis);
    Value lengths = a.apply("Mul", a.apply("Sqrt", left), a.apply("Sqrt", right));
    return a.apply("Div", dot, lengths);
  }

  private static Object distance(Arguments a) {
    Value difference = a.apply("Sub", a.tensor(0), a.tensor(1));
    long keep = a.flag(4, "keepdim", false) ? 1 : 0;
    return a.apply("ReduceL2", List.of(difference, Value.integers(-1)), Map.of("keepdims", keep));
  }

  private static Value summed(Arguments a, Value x, long axis) {
    return a.apply("ReduceSum", List.of(x, Value.integers(axis)), Map.of("keepdims", 0L));
  }

  private static Object reduce(Arguments a, String onnx, int axes, int keep) {
    boolean adds = onnx.equals("ReduceSum") || onnx.equals("ReduceProd");
    boolean counts = adds && !a.tensor(0).type().isFloat(); // sums of bool and int32 are int64
    Value x = counts ? a.tensor(0).typed(OnnxType.INT64) : a.tensor(0);
    boolean noAxes = a.get(axes, "dim") == null || a.get(axes, "dim") instanceof Boolean;
    Map<String, Object> attributes = new HashMap<>();
    List<Value> inputs = new ArrayList<>(List.of(x));
    if (!noAxes && !a.integers(axes, "dim").isEmpty()) {
      long[] given = a.integers(axes, "dim").stream().mapToLong(Long::longValue).toArray();
      inputs.add(Value.integers(given));
    }
    attributes.put("keepdims", !noAxes && a.flag(keep, "keepdim", false) ? 1L : 0L);
    Value y = a.apply(onnx, inputs, attributes);
    return Known.with(y, KnownMath.reduced(onnx, x, inputs.size() > 1 ? inputs.get(1) : null, y));
  }

  private static Object truth(Arguments a) {
    Object reduced = reduce(a, a.operator().equals("all") ? "ReduceMin" : "ReduceMax", 1, 2);
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
    boolean named = a.keywords().containsKey("stable");
    if (named) {
      long axis = a.keywords().get("dim") instanceof Long dim ? dim : -1;
      return top(a, a.tensor(0).extent((int) axis), axis);
    }
    boolean stable =
        a.count() > 1 && (a.get(1) == null || (a.get(1) instanceof Boolean && a.count() > 3));
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
