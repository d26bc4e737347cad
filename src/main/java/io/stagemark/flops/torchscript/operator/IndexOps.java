package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import io.stagemark.flops.torchscript.value.ScriptValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators that pick elements by position or by a mask. */
final class IndexOps {
  private IndexOps() {}

  static void register(OperatorTable<Operator> ops) {
    ops.put("index_select", checked(IndexChecks::row, IndexOps::select));
    ops.put(
        "gather",
        checked(IndexChecks::within, a -> a.apply("GatherElements", a.tensor(0), a.tensor(2))));
    ops.put(
        "take_along_dim",
        checked(IndexChecks::along, a -> a.apply("GatherElements", a.tensor(0), a.tensor(1))));
    ops.put("take", a -> picked(a, a.tensor(1).shape()));
    ops.put(
        "embedding",
        checked(
            a -> ArgumentChecks.rank(a, a.tensor(0), 2, 2),
            a -> a.apply("Gather", a.tensor(0), a.tensor(1))));
    ops.put("embedding_bag", IndexOps::embeddingBag);
    ops.put("index", checked(IndexChecks::positions, IndexOps::index));
    ops.put("nonzero", IndexOps::nonzero);
    ops.put("nonzero_numpy", IndexOps::nonzeros);
    ops.put("argwhere", IndexOps::nonzero);
    ops.put("masked_select", a -> picked(a, List.of(trues(a, a.tensor(1)))));
    List.of("unique", "_unique", "_unique2", "unique_dim", "unique_consecutive", "histc")
        .forEach(
            name ->
                ops.put(
                    name,
                    a -> {
                      throw a.needsData("how many values differ is in the tensor");
                    }));
    ops.put("bincount", IndexOps::bincount);
    ops.put("one_hot", IndexOps::oneHot);
    ops.put("repeat_interleave", checked(IndexChecks::repeats, IndexOps::repeatInterleave));
    registerWrites(ops);
    ops.put(
        "searchsorted",
        checked(IndexChecks::sorted, a -> Value.of(OnnxType.INT64, a.tensor(1).shape())));
    ops.put(
        "bucketize",
        checked(
            a -> ArgumentChecks.rank(a, a.tensor(1), 1, 1),
            a -> Value.of(OnnxType.INT64, a.tensor(0).shape())));
  }

  private static void registerWrites(OperatorTable<Operator> ops) {
    Operator written = a -> a.copied(a.tensor(0).forgetful());
    List.of("masked_scatter", "put").forEach(name -> ops.put(name, written));
    ops.put("scatter", checked(IndexChecks::scatter, written));
    ops.put("index_put", checked(IndexChecks::put, written));
    ops.put("index_copy", checked(IndexChecks::rows, written));
    ops.put("index_fill", checked(IndexChecks::row, written));
    ops.put("index_add", checked(IndexChecks::rows, IndexOps::added));
    List.of("scatter_add", "scatter_reduce")
        .forEach(name -> ops.put(name, checked(IndexChecks::scatter, IndexOps::added)));
  }

  private static Value picked(Arguments a, List<Long> shape) {
    Value x = a.tensor(0);
    Value result = Value.of(x.type(), shape);
    return a.tape().custom("Gather", a.where(), List.of(x), result, Operations.NONE);
  }

  private static Object select(Arguments a) {
    Value indices = a.tensor(2);
    Value row = indices.rank() == 0 ? indices.viewedAs(List.of(1L)) : indices;
    return a.apply("Gather", List.of(a.tensor(0), row), Map.of("axis", a.integer(1)));
  }

  private static Object added(Arguments a) {
    Value x = a.tensor(0).forgetful();
    Value source = a.isTensor(3) ? a.tensor(3) : x;
    Value result = Value.of(x.type(), x.shape());
    Operations cost = Operations.of(source.elementCount(), 0, 0);
    return a.tape().custom("ScatterElements", a.where(), List.of(x, source), result, cost);
  }

  private static long trues(Arguments a, Value mask) {
    Numbers known = mask.numbers();
    if (known == null) {
      throw a.needsData("a mask chooses by what it holds");
    }
    long count = 0;
    for (int i = 0; i < known.count(); i++) {
      count += known.real(i) != 0 ? 1 : 0;
    }
    return count;
  }

  private static Object nonzero(Arguments a) {
    Value x = a.tensor(0);
    if (x.numbers() == null) {
      throw a.needsData("how many elements are not 0 is in the tensor");
    }
    return Value.of(OnnxType.INT64, List.of(trues(a, x), (long) x.rank()));
  }

  /** where(mask): one list of positions for each axis. */
  static Object nonzeros(Arguments a) {
    Value x = a.tensor(0);
    if (x.numbers() == null) {
      throw a.needsData("how many elements are not 0 is in the tensor");
    }
    List<@Nullable Object> positions = new ArrayList<>();
    for (int i = 0; i < Math.max(1, x.rank()); i++) {
      positions.add(Value.of(OnnxType.INT64, List.of(trues(a, x))));
    }
    return positions;
  }

  /** x[i, j, None, …]: the joint shape of the indices replaces the first of them. */
  private static Object index(Arguments a) {
    Value x = a.tensor(0);
    List<Value> indices = new ArrayList<>();
    for (Object one : a.items(1)) {
      expand(a, one, indices);
    }
    List<Long> joint = List.of();
    int first = -1;
    int last = -1;
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      Value picked = i < indices.size() ? indices.get(i) : Value.ABSENT;
      if (picked == Value.ABSENT) {
        shape.add(x.extent(i));
      } else {
        joint = ArgumentChecks.broadcast(a, joint, picked.shape());
        first = first < 0 ? shape.size() : first;
        last = shape.size();
      }
    }
    boolean apart = first >= 0 && last != first; // an axis is between two indices
    shape.addAll(apart ? 0 : Math.max(0, first), joint);
    return picked(a, shape, indices);
  }

  /** Expands a mask to one list of positions for each of its axes. */
  private static void expand(Arguments a, @Nullable Object one, List<Value> into) {
    if (!(one instanceof Value index) || index == Value.ABSENT) {
      into.add(Value.ABSENT);
      return;
    }
    if (index.type() != OnnxType.BOOL && index.type() != OnnxType.UINT8) {
      into.add(index);
      return;
    }
    long count = trues(a, index);
    for (int i = 0; i < index.rank(); i++) {
      into.add(Value.of(OnnxType.INT64, List.of(count)));
    }
  }

  /** With the elements where x has one axis and its elements and positions are known. */
  private static Value picked(Arguments a, List<Long> shape, List<Value> indices) {
    Value x = a.tensor(0);
    Value result = Value.of(x.type(), shape).like(x);
    Numbers from = x.numbers();
    Numbers at = indices.isEmpty() ? null : indices.get(0).numbers();
    if (from != null && at != null && x.rank() == 1) {
      int count = from.count();
      result =
          Known.with(
              result,
              Known.pick(
                  from, at.count(), i -> ScriptValues.index(at.integer(i), count, a.where())));
    }
    return a.tape().custom("Gather", a.where(), List.of(x), result, Operations.NONE);
  }

  /** weight, indices, offsets, scale_grad_by_freq, mode: one row for each bag. */
  private static Object embeddingBag(Arguments a) {
    Value table = a.tensor(0);
    Value indices = a.tensor(1);
    Value offsets = a.tensor(2);
    long bags = offsets.extent(0) - (a.flag(8, "include_last_offset", false) ? 1 : 0);
    Value y = Value.of(table.type(), List.of(bags, table.extent(1)));
    a.tape().weights(List.of(table));
    long sums = Math.multiplyExact(indices.elementCount(), table.extent(1));
    a.tape().custom("Gather", a.where(), List.of(table, indices), y, Operations.of(sums, 0, 0));
    return ScriptTuple.of(List.of(y, Value.UNKNOWN, Value.UNKNOWN, Value.UNKNOWN));
  }

  private static Object bincount(Arguments a) {
    Numbers known = a.tensor(0).numbers();
    if (known == null) {
      throw a.needsData("the largest value is in the tensor");
    }
    long bins = a.integer(2, "minlength", 0);
    for (int i = 0; i < known.count(); i++) {
      bins = Math.max(bins, Math.addExact(known.integer(i), 1));
    }
    return Value.of(a.isTensor(1) ? OnnxType.DOUBLE : OnnxType.INT64, List.of(bins));
  }

  private static Object oneHot(Arguments a) {
    Value x = a.tensor(0);
    long classes = a.integer(1, "num_classes", -1);
    Numbers known = x.numbers();
    if (classes < 0 && known == null) {
      throw a.needsData("the number of classes is the largest value of the tensor");
    }
    for (int i = 0; classes < 0 && known != null && i < known.count(); i++) {
      classes = Math.max(classes, known.integer(i) + 1);
    }
    List<Long> shape = new ArrayList<>(x.shape());
    shape.add(classes);
    return Value.of(OnnxType.INT64, shape);
  }

  /** x, repeats (a number or a tensor), dim. */
  private static Object repeatInterleave(Arguments a) {
    boolean counts = !a.isTensor(1) && !(a.get(1, "repeats") instanceof Long);
    Value x = a.tensor(0);
    Object repeats = counts ? x : a.get(1, "repeats");
    boolean flat = counts || a.get(2, "dim") == null;
    Value from = flat && !counts ? x.viewedAs(List.of(x.elementCount())) : x;
    int at = flat ? 0 : MoveOps.axis(a.integer(2, "dim", 0), x.rank());
    List<Long> shape = new ArrayList<>(from.shape());
    shape.set(at, repeated(a, repeats, from.extent(at)));
    return picked(a, shape);
  }

  private static long repeated(Arguments a, @Nullable Object repeats, long extent) {
    if (repeats instanceof Long times) {
      return Math.multiplyExact(times, extent);
    }
    Numbers known = repeats instanceof Value tensor ? tensor.numbers() : null;
    if (known == null) {
      throw a.needsData("how often each element is repeated is in a tensor");
    }
    long sum = 0;
    for (int i = 0; i < known.count(); i++) {
      sum = Math.addExact(sum, known.integer(i));
    }
    return known.count() == 1 ? Math.multiplyExact(sum, extent) : sum;
  }
}
