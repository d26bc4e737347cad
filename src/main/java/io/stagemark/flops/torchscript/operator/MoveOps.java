package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.DType;
import io.stagemark.flops.torchscript.value.Known;
import io.stagemark.flops.torchscript.value.Unknown;
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

  static void register(OperatorTable<Operator> ops) {
    List.of("view", "reshape", "_unsafe_view", "_reshape_alias")
        .forEach(name -> ops.put(name, checked(ViewChecks::view, MoveOps::view)));
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
            "requires_grad",
            "requires_grad_",
            "pin_memory",
            "cpu",
            "cuda",
            "conj",
            "real",
            "native_dropout_",
            "dropout1d",
            "dropout2d",
            "dropout3d",
            "feature_alpha_dropout",
            "is_pinned",
            "to_dense",
            "refine_names",
            "rename",
            "align_to",
            "_conj",
            "detach_copy",
            "coalesce",
            "fake_quantize_per_tensor_affine")
        .forEach(name -> ops.put(name, a -> a.tensor(0)));
    ops.put("view_as", checked(ViewChecks::viewAs, a -> a.tensor(0).viewedAs(a.tensor(1).shape())));
    ops.put("reshape_as", ops.get("view_as"));
    ops.put(
        "flatten",
        checked(
            ViewChecks::flatten,
            a -> flatten(a.tensor(0), a.integer(1, "start_dim", 0), a.integer(2, "end_dim", -1))));
    ops.put(
        "unflatten",
        checked(
            a -> ArgumentChecks.require(!a.integers(2, "sizes").isEmpty(), a, "no sizes"),
            MoveOps::unflatten));
    ops.put("squeeze", MoveOps::squeeze);
    ops.put("unsqueeze", a -> unsqueezed(a, a.tensor(0), a.integer(1)));
    List.of("expand", "broadcast_to")
        .forEach(name -> ops.put(name, checked(ViewChecks::expand, MoveOps::expand)));
    ops.put("expand_as", a -> expanded(a.tensor(0), a.tensor(1).shape()));
    registerPermutations(ops);
    List.of("select", "narrow", "narrow_copy").forEach(name -> ops.put(name, MoveOps::part));
    ops.put("diagonal", checked(ViewChecks::diagonal, MoveOps::diagonal));
    ops.put("unfold", MoveOps::windows);
    ops.put(
        "as_strided",
        checked(ViewChecks::strided, a -> a.tensor(0).viewedAs(a.integers(1, "size")).forgetful()));
    ops.put("atleast_1d", a -> atLeast(a.tensor(0), 1));
    ops.put("atleast_2d", a -> atLeast(a.tensor(0), 2));
    ops.put("ravel", a -> a.tensor(0).viewedAs(List.of(a.tensor(0).elementCount())));
    List.of("mT", "mH", "matrix_H", "adjoint")
        .forEach(name -> ops.put(name, a -> turned(a.tensor(0), "mT")));
    PartOps.register(ops);
    ops.put("pixel_shuffle", checked(ViewChecks::shuffled, MoveOps::shuffle));
    ops.put("pixel_unshuffle", checked(ViewChecks::unshuffled, MoveOps::shuffle));
  }

  private static void registerPermutations(OperatorTable<Operator> ops) {
    List.of("transpose", "swapaxes", "swapdims", "numpy_T")
        .forEach(name -> ops.put(name, MoveOps::permute));
    ops.put("permute", checked(ViewChecks::dims, MoveOps::permute));
    ops.put("t", checked(a -> ArgumentChecks.rank(a, a.tensor(0), 0, 2), MoveOps::permute));
    List.of("movedim", "moveaxis")
        .forEach(name -> ops.put(name, checked(ViewChecks::moved, MoveOps::permute)));
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
      if (known <= 0 || x.elementCount() % known != 0) {
        throw new ScriptFault("view", "%s as %s".formatted(x.shape(), asked));
      }
      shape.set(open, x.elementCount() / known);
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

  private static Object view(Arguments a) {
    Value x = a.tensor(0);
    if (a.get(1) instanceof Long code && a.operator().equals("view")) {
      return x.typed(DType.onnx(code)).forgetful(); // view(dtype)
    }
    return reshape(x, a.integers(1, "shape"));
  }

  private static Value atLeast(Value x, int rank) {
    List<Long> shape = new ArrayList<>(x.shape());
    while (shape.size() < rank) {
      shape.add(0, 1L);
    }
    return x.viewedAs(shape);
  }

  /** Returns the axes reversed, or the last two of them swapped. */
  static Value turned(Value x, String how) {
    List<Long> shape = new ArrayList<>(x.shape());
    if (how.startsWith("m") && shape.size() > 1) {
      Collections.swap(shape, shape.size() - 1, shape.size() - 2);
    } else if (!how.startsWith("m")) {
      Collections.reverse(shape);
    }
    return shape.size() < 2 ? x : Known.viewed(x, shape, null);
  }

  static Value expanded(Value x, List<Long> shape) {
    boolean known =
        x.numbers() != null && shape.stream().reduce(1L, Math::multiplyExact) <= Known.MAX_ELEMENTS;
    for (int i = 1; i <= shape.size(); i++) {
      long extent = i <= x.rank() ? x.extent(-i) : 1;
      if (extent != 1 && extent != shape.get(shape.size() - i)) {
        throw new ScriptFault("expand", "%s to %s".formatted(x.shape(), shape));
      }
    }
    return Known.viewed(x, shape, known ? Known.broadcast(x, shape) : null);
  }

  private static Object diagonal(Arguments a) {
    Value x = a.tensor(0);
    long offset = a.integer(1, "offset", 0);
    int rows = axis(a.integer(2, "dim1", 0), x.rank());
    int columns = axis(a.integer(3, "dim2", 1), x.rank());
    long height = x.extent(rows) + Math.min(0, offset);
    long width = x.extent(columns) - Math.max(0, offset);
    List<Long> shape = new ArrayList<>(x.shape());
    shape.remove(Math.max(rows, columns));
    shape.remove(Math.min(rows, columns));
    shape.add(Math.max(0, Math.min(height, width)));
    return Known.viewed(x, shape, null);
  }

  /** unfold(x, dim, size, step): every window along an axis, its elements a new last axis. */
  private static Object windows(Arguments a) {
    Value x = a.tensor(0);
    int at = axis(a.integer(1), x.rank());
    long size = a.integer(2);
    long step = a.integer(3);
    if (size > x.extent(at) || size < 0 || step < 1) {
      throw new ScriptFault(
          a.where(), "windows of %d by %d over %d".formatted(size, step, x.extent(at)));
    }
    List<Long> shape = new ArrayList<>(x.shape());
    shape.set(at, (x.extent(at) - size) / step + 1);
    shape.add(size);
    return Known.viewed(x, shape, null);
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
    return expanded(x, shape);
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
    if (order.size() != rank) {
      throw new ScriptFault(a.where(), "an order %s of %d axes".formatted(order, rank));
    }
    List<Long> shape = order.stream().map(x::extent).toList();
    return rank < 2 ? x : Known.viewed(x, shape, null);
  }

  private static void move(Arguments a, List<Integer> order) {
    List<Long> from = a.integers(1, "source");
    List<Long> to = a.integers(2, "destination");
    Integer[] placed = new Integer[order.size()];
    List<Integer> rest = new ArrayList<>(order);
    for (int i = 0; i < from.size(); i++) {
      Integer moved = axis(from.get(i), order.size());
      placed[axis(to.get(i), order.size())] = moved;
      rest.remove(moved);
    }
    for (int i = 0, next = 0; i < placed.length; i++) {
      order.set(i, placed[i] != null ? placed[i] : rest.get(next++));
    }
  }

  /** select(x, dim, index), narrow(x, dim, start, length). */
  private static Object part(Arguments a) {
    Value x = a.tensor(0);
    int at = axis(a.integer(1), x.rank());
    List<Long> shape = new ArrayList<>(x.shape());
    if (a.operator().equals("select")) {
      shape.remove(at);
      return isUnknown(a.get(2))
          ? Known.viewed(x, shape, null)
          : Known.select(x, at, a.integer(2), shape);
    }
    shape.set(at, a.integer(3));
    if (isUnknown(a.get(2))) {
      return Known.viewed(x, shape, null);
    }
    long start = a.integer(2);
    long from = start < 0 ? start + x.extent(at) : start;
    if (from < 0 || a.integer(3) < 0 || from + a.integer(3) > x.extent(at)) {
      throw new ScriptFault(
          a.where(), "%d from %d of %d".formatted(a.integer(3), start, x.extent(at)));
    }
    return Known.slice(x, at, from, 1, shape);
  }

  /** Which row is picked may depend on data: the shape does not. */
  private static boolean isUnknown(@Nullable Object index) {
    return index instanceof Unknown || (index instanceof Value tensor && tensor.numbers() == null);
  }

  private static Object shuffle(Arguments a) {
    Value x = a.tensor(0);
    boolean up = a.operator().equals("pixel_shuffle");
    return a.apply(
        up ? "DepthToSpace" : "SpaceToDepth", List.of(x), Map.of("blocksize", a.integer(1)));
  }
}
