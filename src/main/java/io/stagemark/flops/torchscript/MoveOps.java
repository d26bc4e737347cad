package io.stagemark.flops.torchscript;

import io.stagemark.flops.onnx.OnnxType;
import io.stagemark.flops.onnx.UnknownShape;
import io.stagemark.flops.onnx.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Views: operators that rename extents and move nothing. */
final class MoveOps {
  private MoveOps() {}

  static void register(Map<String, Operator> ops) {
    List.of("view", "reshape", "_unsafe_view", "_reshape_alias")
        .forEach(name -> ops.put(name, a -> reshape(a.tensor(0), a.integers(1, "shape"))));
    List.of(
            "contiguous",
            "detach",
            "alias",
            "dropout",
            "feature_dropout",
            "alpha_dropout",
            "positive",
            "resolve_conj",
            "resolve_neg",
            "requires_grad_",
            "pin_memory",
            "cpu")
        .forEach(name -> ops.put(name, a -> a.tensor(0)));
    ops.put("view_as", a -> a.tensor(0).viewedAs(a.tensor(1).shape()));
    ops.put("reshape_as", ops.get("view_as"));
    ops.put(
        "flatten",
        a -> flatten(a.tensor(0), a.integer(1, "start_dim", 0), a.integer(2, "end_dim", -1)));
    ops.put("unflatten", MoveOps::unflatten);
    ops.put("squeeze", MoveOps::squeeze);
    ops.put("unsqueeze", a -> unsqueezed(a, a.tensor(0), a.integer(1)));
    List.of("expand", "broadcast_to").forEach(name -> ops.put(name, MoveOps::expand));
    ops.put("expand_as", a -> a.tensor(0).viewedAs(a.tensor(1).shape()));
    List.of("permute", "transpose", "swapaxes", "swapdims", "t", "numpy_T", "movedim", "moveaxis")
        .forEach(name -> ops.put(name, MoveOps::permute));
    List.of("select", "narrow", "diagonal").forEach(name -> ops.put(name, MoveOps::part));
    List.of("chunk", "tensor_split", "unsafe_chunk").forEach(name -> ops.put(name, MoveOps::chunk));
    List.of("split_with_sizes", "unsafe_split", "unsafe_split_with_sizes")
        .forEach(name -> ops.put(name, MoveOps::split));
    ops.put("unbind", MoveOps::unbind);
    List.of("pixel_shuffle", "pixel_unshuffle").forEach(name -> ops.put(name, MoveOps::shuffle));
  }

  static int axis(long axis, int rank) {
    long index = axis < 0 ? axis + rank : axis;
    if (index < 0 || index >= Math.max(1, rank)) {
      throw new ScriptFault("", "axis %d of %d".formatted(axis, rank));
    }
    return (int) index;
  }

  static Value reshape(Value x, List<Long> asked) {
    List<Long> shape = new ArrayList<>(asked);
    int open = shape.indexOf(-1L);
    if (open >= 0) {
      long known = 1;
      for (long extent : asked) {
        known = extent == -1 ? known : Math.multiplyExact(known, extent);
      }
      shape.set(open, known == 0 ? 0 : x.elementCount() / known);
    }
    Value view = x.viewedAs(shape);
    if (view.elementCount() != x.elementCount()) {
      throw new ScriptFault("view", "%s as %s".formatted(x.shape(), asked));
    }
    return view;
  }

  private static Value flatten(Value x, long start, long end) {
    if (x.rank() == 0) {
      return x.viewedAs(List.of(1L));
    }
    int first = axis(start, x.rank());
    int last = axis(end, x.rank());
    long joined = 1;
    for (int i = first; i <= last; i++) {
      joined = Math.multiplyExact(joined, x.extent(i));
    }
    List<Long> shape = new ArrayList<>(x.shape().subList(0, first));
    shape.add(joined);
    shape.addAll(x.shape().subList(last + 1, x.rank()));
    return x.viewedAs(shape);
  }

  private static Object unflatten(Arguments a) {
    Value x = a.tensor(0);
    int at = axis(a.integer(1), x.rank());
    List<Long> shape = new ArrayList<>(x.shape().subList(0, at));
    shape.addAll(a.integers(2, "sizes"));
    shape.addAll(x.shape().subList(at + 1, x.rank()));
    return reshape(x, shape);
  }

  private static Object squeeze(Arguments a) {
    Value x = a.tensor(0);
    Set<Integer> axes = new HashSet<>();
    a.integers(1, "dim").forEach(axis -> axes.add(axis(axis, x.rank())));
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      boolean asked = axes.isEmpty() || axes.contains(i);
      if (x.extent(i) != 1 || !asked) {
        shape.add(x.extent(i));
      }
    }
    return x.viewedAs(shape);
  }

  static Value unsqueezed(Arguments a, Value x, long axis) {
    List<Long> shape = new ArrayList<>(x.shape());
    shape.add(axis(axis, x.rank() + 1), 1L);
    return x.viewedAs(shape);
  }

  private static Object expand(Arguments a) {
    Value x = a.tensor(0);
    List<Long> shape = new ArrayList<>(a.integers(1, "size"));
    int added = shape.size() - x.rank();
    for (int i = 0; i < shape.size(); i++) {
      if (shape.get(i) == -1) {
        shape.set(i, x.extent(i - added));
      }
    }
    return x.viewedAs(shape);
  }

  private static Object permute(Arguments a) {
    Value x = a.tensor(0);
    int rank = x.rank();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      order.add(i);
    }
    switch (a.operator()) {
      case "permute" -> {
        order.clear();
        a.integers(1, "dims").forEach(axis -> order.add(axis(axis, rank)));
      }
      case "t", "numpy_T" -> Collections.reverse(order);
      case "movedim", "moveaxis" -> move(a, order);
      default -> Collections.swap(order, axis(a.integer(1), rank), axis(a.integer(2), rank));
    }
    return x.viewedAs(order.stream().map(x::extent).toList());
  }

  private static void move(Arguments a, List<Integer> order) {
    List<Long> from = a.integers(1, "source");
    List<Long> to = a.integers(2, "destination");
    if (from.size() != 1 || to.size() != 1) {
      a.unknown();
    }
    int source = axis(from.get(0), order.size());
    Integer moved = order.remove(source);
    order.add(axis(to.get(0), order.size() + 1), moved);
  }

  /** select(x, dim, index), narrow(x, dim, start, length). */
  private static Object part(Arguments a) {
    Value x = a.tensor(0);
    if (a.operator().equals("diagonal")) {
      return a.unknown();
    }
    int at = axis(a.integer(1), x.rank());
    List<Long> shape = new ArrayList<>(x.shape());
    if (a.operator().equals("select")) {
      shape.remove(at);
      return Known.select(x, at, a.integer(2), shape);
    }
    shape.set(at, a.integer(3));
    return x.viewedAs(shape).forgetful();
  }

  private static Object chunk(Arguments a) {
    Value x = a.tensor(0);
    int at = axis(a.integer(2, "dim", 0), x.rank());
    long count = a.integer(1);
    long size = Math.max(1, (x.extent(at) + count - 1) / count);
    return parts(x, at, size);
  }

  private static List<@Nullable Object> parts(Value x, int at, long size) {
    List<@Nullable Object> parts = new ArrayList<>();
    if (size < 1 || x.extent(at) / size > 1 << 20) {
      throw new UnknownShape("a split into %d parts".formatted(x.extent(at) / Math.max(1, size)));
    }
    for (long done = 0; done < x.extent(at); done += size) {
      parts.add(piece(x, at, Math.min(size, x.extent(at) - done)));
    }
    return parts;
  }

  private static Value piece(Value x, int at, long extent) {
    List<Long> shape = new ArrayList<>(x.shape());
    shape.set(at, extent);
    return x.viewedAs(shape).forgetful();
  }

  /** A number is the size of each part, a list has the size of every part. */
  static Object split(Arguments a) {
    Value x = a.tensor(0);
    int at = axis(a.integer(2, "dim", 0), x.rank());
    if (!(a.get(1) instanceof List<?>)) {
      return parts(x, at, a.integer(1));
    }
    List<@Nullable Object> parts = new ArrayList<>();
    a.integers(1, "sizes").forEach(size -> parts.add(piece(x, at, size)));
    return parts;
  }

  private static Object unbind(Arguments a) {
    Value x = a.tensor(0);
    int at = axis(a.integer(1, "dim", 0), x.rank());
    List<@Nullable Object> rows = new ArrayList<>();
    if (x.extent(at) > 1 << 20) {
      return a.unknown();
    }
    List<Long> shape = new ArrayList<>(x.shape());
    shape.remove(at);
    for (long i = 0; i < x.extent(at); i++) {
      rows.add(Known.select(x, at, i, shape));
    }
    return rows;
  }

  private static Object shuffle(Arguments a) {
    Value x = a.tensor(0);
    boolean up = a.operator().equals("pixel_shuffle");
    return a.apply(
        up ? "DepthToSpace" : "SpaceToDepth", List.of(x), Map.of("blocksize", a.integer(1)));
  }

  static OnnxType floating(OnnxType type) {
    return type.isFloat() ? type : OnnxType.FLOAT;
  }
}
