package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.SliceSpec;
import io.stagemark.flops.onnx.value.Strides;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Moves the elements of small constants. */
final class KnownMoves {
  private KnownMoves() {}

  static List<Numbers> slice(Call call) {
    Value x = call.in(0);
    return List.of(pick(x, call.out(0), Strides.sliced(x.shape(), SliceSpec.of(call))));
  }

  static List<Numbers> expand(Call call) {
    Value x = call.in(0);
    return List.of(pick(x, call.out(0), Strides.broadcast(x.shape(), call.out(0).shape())));
  }

  private static Numbers pick(Value source, Value out, Strides strides) {
    Numbers result = Numbers.allocate(source.known().integral(), (int) out.elementCount());
    for (int i = 0; i < result.count(); i++) {
      result.set(i, source.known(), strides.at(i));
    }
    return result;
  }

  static List<Numbers> transpose(Call call) {
    List<Long> shape = call.in(0).shape();
    List<Integer> order = MovementShapes.permutation(call.node(), shape.size());
    return List.of(
        pick(call.in(0), call.out(0), Strides.permuted(shape, order, call.out(0).shape())));
  }

  static List<Numbers> concat(Call call) {
    Value out = call.out(0);
    int axis = call.axis(1);
    long outer = Shapes.product(out.shape(), 0, axis);
    Numbers result = Numbers.allocate(call.in(0).known().integral(), (int) call.y());
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
    return List.of(result);
  }

  static List<Numbers> gather(Call call) {
    Value x = call.in(0);
    int axis = call.axis(0);
    Numbers indices = call.in(1).known();
    int extent = (int) x.extent(axis);
    int inner = (int) Shapes.product(x.shape(), axis + 1, x.rank());
    int outer = (int) Shapes.product(x.shape(), 0, axis);
    Numbers result = Numbers.allocate(x.known().integral(), (int) call.y());
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
    return List.of(result);
  }

  static List<Numbers> split(Call call) {
    Value x = call.in(0);
    int axis = call.axis(0);
    List<Long> zeros = Collections.nCopies(x.rank(), 0L);
    List<Long> ones = Collections.nCopies(x.rank(), 1L);
    List<Numbers> parts = new ArrayList<>();
    long start = 0;
    for (Value out : call.outputs()) {
      SliceSpec slice = new SliceSpec(Shapes.with(zeros, axis, start), ones, out.shape());
      parts.add(pick(x, out, Strides.sliced(x.shape(), slice)));
      start += out.extent(axis);
    }
    return parts;
  }

  static List<Numbers> tile(Call call) {
    if (call.in(0).rank() != 1) {
      return List.of();
    }
    Numbers source = call.in(0).known();
    Numbers result = Numbers.allocate(source.integral(), (int) call.y());
    for (int i = 0; i < result.count(); i++) {
      result.set(i, source, i % source.count());
    }
    return List.of(result);
  }

  /** In one dimension: how exporters patch a shape. */
  static List<Numbers> scatterNd(Call call) {
    Value x = call.in(0);
    if (x.rank() != 1 || call.node().has("reduction")) {
      return List.of();
    }
    Numbers result = Numbers.allocate(x.known().integral(), (int) call.y());
    for (int i = 0; i < result.count(); i++) {
      result.set(i, x.known(), i);
    }
    Numbers indices = call.in(1).known();
    for (int i = 0; i < indices.count(); i++) {
      long index = indices.integer(i);
      int row = Math.toIntExact(index < 0 ? index + result.count() : index);
      result.set(row, call.in(2).known(), i);
    }
    return List.of(result);
  }

  static List<Numbers> where(Call call) {
    List<Long> shape = call.out(0).shape();
    Strides condition = Strides.broadcast(call.in(0).shape(), shape);
    Strides yes = Strides.broadcast(call.in(1).shape(), shape);
    Strides no = Strides.broadcast(call.in(2).shape(), shape);
    Numbers result = Numbers.allocate(call.in(1).known().integral(), (int) call.y());
    for (int i = 0; i < result.count(); i++) {
      boolean chosen = call.in(0).known().integer(condition.at(i)) != 0;
      Numbers from = call.in(chosen ? 1 : 2).known();
      result.set(i, from, chosen ? yes.at(i) : no.at(i));
    }
    return List.of(result);
  }

  static List<Numbers> range(Call call) {
    Numbers start = call.in(0).known();
    Numbers delta = call.in(2).known();
    int count = (int) call.y();
    long[] longs = new long[count];
    double[] doubles = new double[count];
    for (int i = 0; i < count; i++) {
      longs[i] = start.integer(0) + i * delta.integer(0);
      doubles[i] = start.real(0) + i * delta.real(0);
    }
    return List.of(start.integral() ? Numbers.of(longs) : Numbers.of(doubles));
  }

  static List<Numbers> nonZero(Call call) {
    Value x = call.in(0);
    int found = (int) call.out(0).extent(1);
    long[] indices = new long[Math.multiplyExact(x.rank(), found)];
    int next = 0;
    for (int i = 0; i < x.known().count(); i++) {
      if (x.known().real(i) != 0) {
        long rest = i;
        for (int d = x.rank() - 1; d >= 0; d--) {
          indices[d * found + next] = rest % x.extent(d);
          rest /= x.extent(d);
        }
        next++;
      }
    }
    return List.of(Numbers.of(indices));
  }
}
