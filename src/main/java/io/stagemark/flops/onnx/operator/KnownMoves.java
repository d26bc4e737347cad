package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.SliceSpec;
import io.stagemark.flops.onnx.value.Strides;
import io.stagemark.flops.onnx.value.Value;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves the elements of small constants. */
final class KnownMoves {
  private KnownMoves() {}

  /** Returns the elements of an output, or null where the operator is none of these. */
  static @Nullable Numbers compute(Call call, Value out, int output) {
    return switch (call.node().type()) {
      case "Concat" -> concat(call, out);
      case "Gather" -> gather(call, out);
      case "Slice" -> pick(call.in(0), out, Strides.sliced(call.in(0).shape(), SliceSpec.of(call)));
      case "Expand" -> pick(call.in(0), out, Strides.broadcast(call.in(0).shape(), out.shape()));
      case "Transpose" -> transpose(call, out);
      case "Split" -> split(call, out, output);
      case "Tile" -> tile(call, out);
      case "ScatterND" -> scatterNd(call, out);
      default -> null;
    };
  }

  private static Numbers pick(Value source, Value out, Strides strides) {
    Numbers result = Numbers.allocate(source.known().integral(), (int) out.elementCount());
    for (int i = 0; i < result.count(); i++) {
      result.set(i, source.known(), strides.at(i));
    }
    return result;
  }

  private static Numbers transpose(Call call, Value out) {
    List<Long> shape = call.in(0).shape();
    List<Integer> order = MovementShapes.permutation(call.node(), shape.size());
    return pick(call.in(0), out, Strides.permuted(shape, order, out.shape()));
  }

  private static Numbers concat(Call call, Value out) {
    int axis = call.axis(1);
    long outer = Shapes.product(out.shape(), 0, axis);
    Numbers result = Numbers.allocate(call.in(0).known().integral(), (int) out.elementCount());
    int next = 0;
    for (int o = 0; o < outer; o++) {
      for (int part = 0; part < call.inputs().size(); part++) {
        Value source = call.in(part);
        int run = (int) Shapes.product(source.shape(), axis, source.rank());
        for (int i = 0; i < run; i++) {
          result.set(next++, source.known(), o * run + i);
        }
      }
    }
    return result;
  }

  private static Numbers gather(Call call, Value out) {
    Value x = call.in(0);
    int axis = call.axis(0);
    Numbers indices = call.in(1).known();
    int extent = (int) x.extent(axis);
    int inner = (int) Shapes.product(x.shape(), axis + 1, x.rank());
    int outer = (int) Shapes.product(x.shape(), 0, axis);
    Numbers result = Numbers.allocate(x.known().integral(), (int) out.elementCount());
    int next = 0;
    for (int o = 0; o < outer; o++) {
      for (int k = 0; k < indices.count(); k++) {
        long index = indices.integer(k);
        int row = Math.toIntExact(index < 0 ? index + extent : index);
        for (int i = 0; i < inner; i++) {
          result.set(next++, x.known(), (o * extent + row) * inner + i);
        }
      }
    }
    return result;
  }

  private static Numbers split(Call call, Value out, int output) {
    Value x = call.in(0);
    int axis = call.axis(0);
    long start = 0;
    List<Long> parts = MovementShapes.parts(call);
    for (int i = 0; i < output; i++) {
      start += parts.get(i);
    }
    List<Long> zeros = Collections.nCopies(x.rank(), 0L);
    List<Long> ones = Collections.nCopies(x.rank(), 1L);
    SliceSpec slice = new SliceSpec(Shapes.with(zeros, axis, start), ones, out.shape());
    return pick(x, out, Strides.sliced(x.shape(), slice));
  }

  private static @Nullable Numbers tile(Call call, Value out) {
    if (call.in(0).rank() != 1) {
      return null;
    }
    Numbers source = call.in(0).known();
    Numbers result = Numbers.allocate(source.integral(), (int) out.elementCount());
    for (int i = 0; i < result.count(); i++) {
      result.set(i, source, i % source.count());
    }
    return result;
  }

  /** In one dimension: how exporters patch a shape. */
  private static @Nullable Numbers scatterNd(Call call, Value out) {
    Value x = call.in(0);
    if (x.rank() != 1 || call.node().has("reduction")) {
      return null;
    }
    Numbers result = Numbers.allocate(x.known().integral(), (int) out.elementCount());
    for (int i = 0; i < result.count(); i++) {
      result.set(i, x.known(), i);
    }
    Numbers indices = call.in(1).known();
    for (int i = 0; i < indices.count(); i++) {
      long index = indices.integer(i);
      int row = Math.toIntExact(index < 0 ? index + result.count() : index);
      result.set(row, call.in(2).known(), i);
    }
    return result;
  }
}
