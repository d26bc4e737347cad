package io.stagemark.flops.torchscript;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.Numbers;
import io.stagemark.flops.onnx.OnnxType;
import io.stagemark.flops.onnx.UnknownShape;
import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators that copy, join, pick or make tensors, and resize images. */
final class DataOps {
  private DataOps() {}

  static void register(Map<String, Operator> ops) {
    ops.put("cat", a -> concat(a, a.tensors(0), a.integer(1, "dim", 0)));
    ops.put("concat", ops.get("cat"));
    ops.put("stack", DataOps::stack);
    List.of("clone", "copy", "lift_fresh", "flip", "roll", "sort_values", "tril", "triu")
        .forEach(name -> ops.put(name, a -> a.copied(a.tensor(0))));
    List.of("fill", "zero", "copy_", "normal", "uniform", "bernoulli", "index_put", "index_copy")
        .forEach(name -> ops.put(name, a -> a.tensor(0)));
    ops.put("repeat", DataOps::repeat);
    ops.put("tile", DataOps::repeat);
    List.of(
            "pad",
            "constant_pad_nd",
            "reflection_pad1d",
            "reflection_pad2d",
            "replication_pad1d",
            "replication_pad2d")
        .forEach(name -> ops.put(name, DataOps::pad));
    ops.put("index_select", DataOps::indexSelect);
    ops.put("gather", a -> a.apply("GatherElements", a.tensor(0), a.tensor(2)));
    ops.put("embedding", a -> a.apply("Gather", a.tensor(0), a.tensor(1)));
    ops.put("index", DataOps::index);
    List.of("nonzero", "masked_select", "unique", "_unique2", "bincount")
        .forEach(name -> ops.put(name, Arguments::unknown));
    ops.put("one_hot", DataOps::oneHot);
    ops.put("scatter", a -> a.tensor(0));
    ops.put("im2col", Arguments::unknown);
    registerMakers(ops);
    registerResizes(ops);
  }

  private static void registerMakers(Map<String, Operator> ops) {
    List.of("zeros", "ones", "empty", "rand", "randn", "full")
        .forEach(name -> ops.put(name, a -> made(a, a.integers(0, "size"), OnnxType.FLOAT)));
    List.of("new_zeros", "new_ones", "new_empty", "new_full")
        .forEach(name -> ops.put(name, a -> made(a, a.integers(1, "size"), a.tensor(0).type())));
    List.of("zeros_like", "ones_like", "empty_like", "full_like", "rand_like", "randn_like")
        .forEach(name -> ops.put(name, a -> made(a, a.tensor(0).shape(), a.tensor(0).type())));
    ops.put("arange", DataOps::arange);
    ops.put("linspace", a -> Value.of(OnnxType.FLOAT, List.of(a.integer(2))));
    ops.put("meshgrid", DataOps::meshgrid);
    List.of("to", "type_as", "float", "double", "half", "int", "long", "bool", "_to_copy")
        .forEach(name -> ops.put(name, DataOps::convert));
    List.of("tensor", "as_tensor", "scalar_tensor")
        .forEach(name -> ops.put(name, DataOps::fromNumbers));
  }

  private static void registerResizes(Map<String, Operator> ops) {
    for (int d = 1; d <= 3; d++) {
      ops.put("upsample_nearest" + d + "d", a -> resize(a, "nearest", 2));
      ops.put("_upsample_nearest_exact" + d + "d", a -> resize(a, "nearest", 2));
    }
    ops.put("upsample_linear1d", a -> resize(a, "linear", 3));
    ops.put("upsample_bilinear2d", a -> resize(a, "linear", 3));
    ops.put("upsample_trilinear3d", a -> resize(a, "linear", 3));
    ops.put("upsample_bicubic2d", a -> resize(a, "cubic", 3));
    ops.put("_upsample_bilinear2d_aa", a -> resize(a, "linear", 3));
    ops.put("_upsample_bicubic2d_aa", a -> resize(a, "cubic", 3));
    List.of("grid_sampler", "grid_sampler_2d", "grid_sampler_3d")
        .forEach(name -> ops.put(name, DataOps::gridSample));
    ops.put("affine_grid_generator", DataOps::affineGrid);
  }

  private static Value concat(Arguments a, List<Value> parts, long axis) {
    // an empty tensor of one extent joins anything
    List<Value> real =
        parts.stream()
            .filter(part -> part.rank() != 1 || part.extent(0) > 0 || parts.size() == 1)
            .toList();
    return a.apply("Concat", real, Map.of("axis", axis));
  }

  private static Object stack(Arguments a) {
    long axis = a.integer(1, "dim", 0);
    List<Value> parts =
        a.tensors(0).stream().map(part -> MoveOps.unsqueezed(a, part, axis)).toList();
    return concat(a, parts, axis);
  }

  private static Object repeat(Arguments a) {
    Value x = a.tensor(0);
    List<Long> repeats = a.integers(1, "repeats");
    List<Long> shape = new ArrayList<>(Collections.nCopies(repeats.size() - x.rank(), 1L));
    shape.addAll(x.shape());
    long[] times = repeats.stream().mapToLong(Long::longValue).toArray();
    return a.apply("Tile", x.viewedAs(shape), Value.integers(times));
  }

  /** Pairs of padding for the last axis, the last but one, and so on. */
  private static Object pad(Arguments a) {
    Value x = a.tensor(0);
    List<Long> pads = a.integers(1, "pad");
    long[] both = new long[2 * x.rank()];
    for (int i = 0; i + 1 < pads.size(); i += 2) {
      int axis = x.rank() - 1 - i / 2;
      both[axis] = pads.get(i);
      both[x.rank() + axis] = pads.get(i + 1);
    }
    return a.apply("Pad", x, Value.integers(both));
  }

  private static Object indexSelect(Arguments a) {
    return a.apply("Gather", List.of(a.tensor(0), a.tensor(2)), Map.of("axis", a.integer(1)));
  }

  /** x[i, j, None, …] with index tensors: their joint shape stands where the first one is. */
  private static Object index(Arguments a) {
    Value x = a.tensor(0);
    Object given = a.get(1);
    if (!(given instanceof List<?> list)) {
      throw a.misfit("a list of indices", given);
    }
    List<Long> joint = List.of();
    int first = -1;
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      Object one = i < list.size() ? list.get(i) : null;
      if (one instanceof Value picked) {
        if (picked.type() == OnnxType.BOOL) {
          throw new UnknownShape("a mask chooses by data");
        }
        joint = broadcast(joint, picked.shape());
        first = first < 0 ? shape.size() : first;
      } else {
        shape.add(x.extent(i));
      }
    }
    shape.addAll(Math.max(0, first), joint);
    Value result = Value.of(x.type(), shape).like(x);
    return a.tape().custom("Gather", a.where(), List.of(x), result, Operations.NONE);
  }

  private static List<Long> broadcast(List<Long> left, List<Long> right) {
    int rank = Math.max(left.size(), right.size());
    List<Long> result = new ArrayList<>();
    for (int i = rank; i > 0; i--) {
      long l = i <= left.size() ? left.get(left.size() - i) : 1;
      long r = i <= right.size() ? right.get(right.size() - i) : 1;
      result.add(l == 1 ? r : l);
    }
    return result;
  }

  private static Object oneHot(Arguments a) {
    long classes = a.integer(1, "num_classes", -1);
    if (classes < 0) {
      return a.unknown();
    }
    List<Long> shape = new ArrayList<>(a.tensor(0).shape());
    shape.add(classes);
    return Value.of(OnnxType.INT64, shape);
  }

  /** Made anew: nothing is computed. */
  private static Value made(Arguments a, List<Long> shape, OnnxType otherwise) {
    Object dtype = a.keywords().get("dtype");
    Value value = Value.of(dtype instanceof Long code ? DType.onnx(code) : otherwise, shape);
    return value;
  }

  private static Object arange(Arguments a) {
    List<@Nullable Object> numbers =
        a.positional().stream().filter(n -> n instanceof Long || n instanceof Double).toList();
    double start = numbers.size() > 1 ? number(numbers.get(0)) : 0;
    double end = number(numbers.get(numbers.size() > 1 ? 1 : 0));
    double step = numbers.size() > 2 && numbers.size() < 5 ? number(numbers.get(2)) : 1;
    long count = (long) Math.max(0, Math.ceil((end - start) / step));
    boolean whole = numbers.stream().allMatch(Long.class::isInstance);
    return made(a, List.of(count), whole ? OnnxType.INT64 : OnnxType.FLOAT);
  }

  private static double number(@Nullable Object value) {
    return value instanceof Number found ? found.doubleValue() : 0;
  }

  private static Object meshgrid(Arguments a) {
    List<Value> axes = a.tensors(0);
    List<Long> shape = axes.stream().map(Value::elementCount).toList();
    List<@Nullable Object> grids = new ArrayList<>();
    axes.forEach(axis -> grids.add(Value.of(axis.type(), shape)));
    return grids;
  }

  /** A dtype among the arguments converts; a device or a layout does not. */
  private static Object convert(Arguments a) {
    Value x = a.tensor(0);
    OnnxType type =
        switch (a.operator()) {
          case "float" -> OnnxType.FLOAT;
          case "double" -> OnnxType.DOUBLE;
          case "half" -> OnnxType.FLOAT16;
          case "int" -> OnnxType.INT32;
          case "long" -> OnnxType.INT64;
          case "bool" -> OnnxType.BOOL;
          case "type_as" -> a.tensor(1).type();
          default -> x.type();
        };
    for (int i = 1; i < a.count() && (a.operator().equals("to") || a.count() == 2); i++) {
      if (a.get(i) instanceof Long code) {
        type = DType.onnx(code);
        break;
      }
      if (a.get(i) instanceof Value other) {
        type = other.type();
      }
    }
    if (a.keywords().get("dtype") instanceof Long code) {
      type = DType.onnx(code);
    }
    return type == x.type() ? x : a.apply("Cast", List.of(x), Map.of("to", DType.code(type)));
  }

  private static Object fromNumbers(Arguments a) {
    Object given = a.get(0);
    if (given instanceof List<?> list) {
      List<Long> shape = new ArrayList<>();
      for (Object level = given; level instanceof List<?> inner; ) {
        shape.add((long) inner.size());
        level = inner.isEmpty() ? null : inner.get(0);
      }
      boolean whole = list.stream().allMatch(Long.class::isInstance);
      Numbers numbers =
          whole && shape.size() == 1
              ? Numbers.of(list.stream().mapToLong(n -> (Long) n).toArray())
              : null;
      return Value.of(whole ? OnnxType.INT64 : OnnxType.FLOAT, shape, numbers);
    }
    return a.tensor(0);
  }

  /** input, output_size, [align_corners,] scale_factors (as one list, or one by one). */
  private static Object resize(Arguments a, String mode, int scales) {
    Value x = a.tensor(0);
    List<Long> shape = new ArrayList<>(x.shape().subList(0, 2));
    Object size = a.get(1);
    for (int i = 2; i < x.rank(); i++) {
      if (size instanceof List<?> list) {
        shape.add(list.get(i - 2) instanceof Long extent ? extent : 0L);
      } else if (a.get(scales) instanceof List<?> list && list.get(i - 2) instanceof Double f) {
        shape.add((long) Math.floor(x.extent(i) * f));
      } else {
        return a.unknown();
      }
    }
    Map<String, Object> attributes =
        Map.of("mode", mode, "antialias", a.operator().endsWith("_aa") ? 1L : 0L);
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    return a.apply(
        "Resize", List.of(x, Value.ABSENT, Value.ABSENT, Value.integers(sizes)), attributes);
  }

  private static Object gridSample(Arguments a) {
    String mode = List.of("linear", "nearest", "cubic").get((int) a.integer(2, "mode", 0));
    return a.apply("GridSample", List.of(a.tensor(0), a.tensor(1)), Map.of("mode", mode));
  }

  private static Object affineGrid(Arguments a) {
    long[] size = a.integers(1, "size").stream().mapToLong(Long::longValue).toArray();
    return a.apply("AffineGrid", a.tensor(0), Value.integers(size));
  }
}
