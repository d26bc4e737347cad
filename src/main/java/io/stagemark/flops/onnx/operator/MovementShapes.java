package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Operators that change a tensor's shape and keep its elements. */
final class MovementShapes {
  private MovementShapes() {}

  /** A view keeps the constant it views, and its elements. */
  private static List<Value> view(Value source, List<Long> shape) {
    return List.of(Value.of(source.type(), shape, source.numbers()).from(source.origin()));
  }

  static List<Value> reshape(Call call) {
    Value x = call.in(0);
    return view(x, reshaped(call.node(), x.shape(), call.in(1).integers()));
  }

  private static List<Long> reshaped(Node node, List<Long> x, long[] asked) {
    boolean allowZero = node.flag("allowzero", false);
    List<Long> shape = new ArrayList<>();
    int open = -1;
    for (int i = 0; i < asked.length; i++) {
      if (asked[i] == -1) {
        open = i;
      }
      boolean copied = asked[i] == 0 && !allowZero;
      shape.add(asked[i] == -1 ? Long.valueOf(1) : copied ? x.get(i) : Long.valueOf(asked[i]));
    }
    long elements = Shapes.product(x);
    long known = Shapes.product(shape);
    if (open >= 0 && known > 0) {
      shape.set(open, elements / known);
    }
    if (Shapes.product(shape) != elements) {
      throw new GraphFault(
          node.path(),
          "%s reshaped to %s".formatted(x, shape),
          "as many elements in both",
          "check --input: does the model take inputs of that shape?");
    }
    return shape;
  }

  static List<Value> flatten(Call call) {
    Value x = call.in(0);
    long axis = call.node().integer("axis", 1);
    int split = (int) (axis < 0 ? axis + x.rank() : axis);
    return view(
        x,
        List.of(Shapes.product(x.shape(), 0, split), Shapes.product(x.shape(), split, x.rank())));
  }

  /** Axes are an attribute up to opset 12 and an input from 13. */
  static List<Long> axes(Call call, int input, List<Long> otherwise) {
    if (call.has(input)) {
      List<Long> axes = new ArrayList<>();
      for (long axis : call.in(input).integers()) {
        axes.add(axis);
      }
      return axes;
    }
    return call.node().integers("axes", otherwise);
  }

  static List<Value> squeeze(Call call) {
    Value x = call.in(0);
    List<Long> axes = axes(call, 1, List.of());
    Set<Integer> gone = new HashSet<>();
    for (long axis : axes) {
      gone.add(Shapes.axis(axis, x.rank()));
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (axes.isEmpty() ? x.extent(i) != 1 : !gone.contains(i)) {
        shape.add(x.extent(i));
      }
    }
    return view(x, shape);
  }

  static List<Value> unsqueeze(Call call) {
    Value x = call.in(0);
    List<Long> axes = axes(call, 1, List.of());
    int rank = x.rank() + axes.size();
    Set<Integer> added = new HashSet<>();
    for (long axis : axes) {
      added.add(Shapes.axis(axis, rank));
    }
    List<Long> shape = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < rank; i++) {
      shape.add(added.contains(i) ? Long.valueOf(1) : x.shape().get(next++));
    }
    return view(x, shape);
  }

  static List<Value> transpose(Call call) {
    Value x = call.in(0);
    List<Long> shape = new ArrayList<>();
    for (int axis : permutation(call.node(), x.rank())) {
      shape.add(x.extent(axis));
    }
    return List.of(Value.of(x.type(), shape).from(x.origin()));
  }

  /** Returns the permutation of a Transpose; reversed where the node gives none. */
  static List<Integer> permutation(Node node, int rank) {
    List<Integer> permutation = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      permutation.add(rank - 1 - i);
    }
    List<Long> given = node.integers("perm", List.of());
    if (given.isEmpty()) {
      return permutation;
    }
    List<Integer> axes = given.stream().map(axis -> Shapes.axis(axis, rank)).toList();
    if (axes.size() != rank || new HashSet<>(axes).size() != rank) {
      throw new GraphFault(
          node.path(), "perm " + given, "a permutation of %d axes".formatted(rank), "export again");
    }
    return axes;
  }

  static Value concat(Call call) {
    Value first = call.in(0);
    int axis = call.axis(1);
    long extent = 0;
    for (int i = 0; i < call.inputs().size(); i++) {
      List<Long> shape = call.shape(i);
      if (!Shapes.with(shape, axis, 0).equals(Shapes.with(first.shape(), axis, 0))) {
        throw new GraphFault(
            call.node().path(),
            "Concat of %s and %s on axis %d".formatted(first.shape(), shape, axis),
            "equal extents on the other axes",
            "check --input: does the model take inputs of that shape?");
      }
      extent = Math.addExact(extent, shape.get(axis));
    }
    return Value.of(first.type(), Shapes.with(first.shape(), axis, extent));
  }

  /** Returns the extents of a Split's parts. */
  static List<Long> parts(Call call) {
    int axis = call.axis(0);
    long extent = call.in(0).extent(axis);
    List<Long> given = call.node().integers("split", List.of());
    if (call.has(1)) {
      given = Shapes.of(call.in(1).integers());
    }
    if (!given.isEmpty()) {
      return given;
    }
    long count = call.node().integer("num_outputs", call.node().outputs().size());
    if (count < 1 || count > call.node().outputs().size()) {
      throw new GraphFault(
          call.node().path(), count + " parts", "one output for each part", "export again");
    }
    long size = Shapes.ceilDiv(extent, count);
    List<Long> parts = new ArrayList<>(Collections.nCopies((int) count, size));
    parts.set((int) count - 1, extent - size * (count - 1));
    return parts;
  }

  static List<Value> split(Call call) {
    int axis = call.axis(0);
    return parts(call).stream()
        .map(part -> Value.of(call.type(0), Shapes.with(call.shape(0), axis, part)))
        .toList();
  }

  static List<Value> expand(Call call) {
    List<Long> asked = Shapes.of(call.in(1).integers());
    return call.like(Shapes.broadcast(call.shape(0), asked));
  }

  static List<Value> tile(Call call) {
    long[] repeats = call.in(1).integers();
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < call.in(0).rank(); i++) {
      shape.add(Math.multiplyExact(call.in(0).extent(i), repeats[i]));
    }
    return call.like(shape);
  }

  static List<Value> pad(Call call) {
    Value x = call.in(0);
    List<Long> pads = call.node().integers("pads", List.of());
    if (call.has(1)) {
      pads = new ArrayList<>();
      for (long pad : call.in(1).integers()) {
        pads.add(pad);
      }
    }
    List<Long> all = new ArrayList<>();
    for (long i = 0; i < x.rank(); i++) {
      all.add(i);
    }
    List<Long> axes = axes(call, 3, all);
    List<Long> shape = x.shape();
    for (int i = 0; i < axes.size(); i++) {
      int axis = Shapes.axis(axes.get(i), x.rank());
      long extent = Shapes.add(x.extent(axis), pads.get(i), pads.get(i + axes.size()));
      shape = Shapes.with(shape, axis, Math.max(0, extent));
    }
    return call.like(shape);
  }

  static List<Value> centerCropPad(Call call) {
    Value x = call.in(0);
    long[] asked = call.in(1).integers();
    List<Long> shape = x.shape();
    List<Long> axes = call.node().integers("axes", List.of());
    for (int i = 0; i < asked.length; i++) {
      int axis = axes.isEmpty() ? i : Shapes.axis(axes.get(i), x.rank());
      shape = Shapes.with(shape, axis, asked[i]);
    }
    return call.like(shape);
  }

  static List<Value> block(Call call, boolean toDepth) {
    long size = call.node().integer("blocksize");
    List<Long> x = call.shape(0);
    if (size < 1 || x.size() != 4) {
      throw new GraphFault(
          call.node().path(),
          "blocksize %d, input %s".formatted(size, x),
          "4 extents",
          "export again");
    }
    long channels = toDepth ? x.get(1) * size * size : x.get(1) / (size * size);
    long height = toDepth ? x.get(2) / size : x.get(2) * size;
    long width = toDepth ? x.get(3) / size : x.get(3) * size;
    return call.like(List.of(x.get(0), channels, height, width));
  }
}
