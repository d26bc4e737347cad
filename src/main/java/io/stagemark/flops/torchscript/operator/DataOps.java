package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.DType;
import io.stagemark.flops.torchscript.value.Known;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Operators that copy, join, pick or make tensors, and resize images. */
final class DataOps {
  private DataOps() {}

  static void register(OperatorTable<Operator> ops) {
    ops.put("cat", a -> concat(a, a.tensors(0), a.integer(1, "dim", 0)));
    ops.put("concat", ops.get("cat"));
    ops.put("concatenate", ops.get("cat"));
    List.of("stack", "hstack", "vstack", "dstack", "column_stack", "row_stack")
        .forEach(name -> ops.put(name, DataOps::stack));
    List.of("clone", "lift_fresh").forEach(name -> ops.put(name, a -> a.copied(a.tensor(0))));
    Consumer<Arguments> matrix = a -> ArgumentChecks.rank(a, a.tensor(0), 2, Integer.MAX_VALUE);
    List.of("tril", "triu").forEach(name -> ops.put(name, checked(matrix, DataOps::triangle)));
    Operator moved = a -> a.copied(a.tensor(0).forgetful());
    List.of("fliplr", "flipud", "rot90").forEach(name -> ops.put(name, moved));
    ops.put("flip", checked(ViewChecks::dims, moved));
    ops.put("roll", checked(ViewChecks::roll, moved));
    ops.put("channel_shuffle", checked(ViewChecks::groups, moved));
    List.of("normal", "uniform", "bernoulli", "random", "exponential", "multinomial_")
        .forEach(name -> ops.put(name, a -> a.tensor(0).forgetful()));
    ops.put("zero", a -> overwritten(a, 0L));
    ops.put("fill", a -> overwritten(a, a.get(1)));
    ops.put("copy", checked(ViewChecks::copied, DataOps::copy)); // copy_(x, from)
    ops.put("repeat", DataOps::repeat);
    ops.put("tile", DataOps::repeat);
    ops.put("pad", checked(ViewChecks::pad, DataOps::pad));
    ops.put(
        "constant_pad_nd",
        checked(a -> ViewChecks.padded(a, a.integers(1, "pad"), false), DataOps::pad));
    for (int d = 1; d <= 3; d++) {
      int axes = d;
      ops.put(
          "reflection_pad" + d + "d", checked(a -> ViewChecks.border(a, axes, true), DataOps::pad));
      ops.put(
          "replication_pad" + d + "d",
          checked(a -> ViewChecks.border(a, axes, false), DataOps::pad));
    }
    List.of("to", "type_as", "float", "double", "half", "int", "long", "bool", "_to_copy")
        .forEach(name -> ops.put(name, DataOps::convert));
    List.of("byte", "char", "short", "bfloat16", "_cast_Float", "_autocast_to_full_precision")
        .forEach(name -> ops.put(name, DataOps::convert));
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
    long axis =
        switch (a.operator()) {
          case "hstack", "column_stack" -> a.tensors(0).get(0).rank() > 1 ? 1 : 0;
          case "vstack", "row_stack" -> 0;
          case "dstack" -> 2;
          default -> a.integer(1, "dim", 0);
        };
    boolean joins = a.operator().equals("hstack");
    List<Value> parts = new ArrayList<>();
    for (Value part : a.tensors(0)) {
      boolean grows = a.operator().equals("stack") || (!joins && part.rank() == 1);
      parts.add(grows ? MoveOps.unsqueezed(a, part, axis) : part);
    }
    return concat(a, parts, axis);
  }

  /** tril(x, diagonal): the rest becomes 0. */
  private static Value triangle(Arguments a) {
    Value x = a.tensor(0);
    Numbers from = x.numbers();
    Value result = x;
    if (from != null && x.rank() > 1) {
      boolean lower = a.operator().equals("tril");
      long diagonal = a.integer(1, "diagonal", 0);
      long columns = x.extent(-1);
      long rows = x.extent(-2);
      double[] kept = new double[from.count()];
      for (int i = 0; i < kept.length; i++) {
        long distance = i % columns - i / columns % rows;
        kept[i] = (lower ? distance <= diagonal : distance >= diagonal) ? from.real(i) : 0;
      }
      result = Known.with(x, Known.as(Numbers.of(kept), from.integral()));
    }
    return a.copied(result);
  }

  /** Leaves one number in a tensor of as many elements. */
  private static Value overwritten(Arguments a, @Nullable Object by) {
    Value x = a.tensor(0);
    Object number = by instanceof Value tensor ? ScalarOps.number(tensor) : by;
    boolean known = number instanceof Number && x.elementCount() <= Known.MAX_ELEMENTS;
    double element = number instanceof Number real ? real.doubleValue() : 0;
    return known
        ? Known.with(x, Known.filled(x.elementCount(), element, x.type().isIntegral()))
        : x.forgetful();
  }

  /** copy_(x, from) leaves the elements of from in x; copy(list) is ListOps's. */
  private static Value copy(Arguments a) {
    Value x = a.tensor(0);
    Value from = a.tensor(1);
    boolean known = from.numbers() != null && x.elementCount() <= Known.MAX_ELEMENTS;
    Value result =
        known
            ? Known.with(x, Known.as(Known.broadcast(from, x.shape()), x.type().isIntegral()))
            : x.forgetful();
    return a.copied(result);
  }

  private static Object repeat(Arguments a) {
    Value x = a.tensor(0);
    List<Long> repeats = new ArrayList<>(a.integers(1, "repeats"));
    while (a.operator().equals("tile") && repeats.size() < x.rank()) {
      repeats.add(0, 1L);
    }
    if (repeats.size() < x.rank()) {
      throw new ScriptFault(a.where(), "%s times %s".formatted(x.shape(), repeats));
    }
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
          case "byte" -> OnnxType.UINT8;
          case "char" -> OnnxType.INT8;
          case "short" -> OnnxType.INT16;
          case "bfloat16" -> OnnxType.BFLOAT16;
          case "_cast_Float" -> OnnxType.FLOAT;
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
    if (type == x.type()) {
      return x;
    }
    Value y = a.apply("Cast", List.of(x), Map.of("to", DType.code(type)));
    return Known.with(y, converted(x, type));
  }

  private static @Nullable Numbers converted(Value x, OnnxType type) {
    Numbers numbers = x.numbers();
    if (numbers == null || x.elementCount() > Known.MAX_ELEMENTS) {
      return null;
    }
    return type == OnnxType.BOOL
        ? Known.pick(Numbers.of(0, 1), numbers.count(), i -> numbers.real(i) != 0 ? 1 : 0)
        : Known.as(numbers, type.isIntegral());
  }
}
