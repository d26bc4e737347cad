package io.stagemark.flops.onnx.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a Slice takes of each axis.
 *
 * @param starts first index, one for each axis of the input
 * @param steps distance between indices, not 0; may be negative
 * @param shape extents of the result
 */
public record SliceSpec(List<Long> starts, List<Long> steps, List<Long> shape) {

  /** Reads a Slice: attributes up to opset 9, inputs from 10. */
  public static SliceSpec of(Call call) {
    Value x = call.in(0);
    boolean asInputs = call.node().opset() >= 10;
    List<Long> starts = numbers(call, asInputs, 1, "starts");
    List<Long> ends = numbers(call, asInputs, 2, "ends");
    List<Long> axes = numbers(call, asInputs, 3, "axes");
    List<Long> steps = asInputs ? numbers(call, true, 4, "steps") : List.of();
    List<Long> first = new ArrayList<>(Collections.nCopies(x.rank(), 0L));
    List<Long> stride = new ArrayList<>(Collections.nCopies(x.rank(), 1L));
    List<Long> shape = new ArrayList<>(x.shape());
    for (int i = 0; i < starts.size(); i++) {
      int axis = axes.isEmpty() ? i : Shapes.axis(axes.get(i), x.rank());
      long step = steps.isEmpty() ? 1 : steps.get(i);
      if (step == 0) {
        throw new GraphFault(call.node().path(), "a step of 0", "a step", "export it again");
      }
      long extent = x.extent(axis);
      long begin = bound(starts.get(i), extent, step < 0);
      long end = stop(ends.get(i), extent, step < 0);
      first.set(axis, begin);
      stride.set(axis, step);
      long room = step > 0 ? end - begin : begin - end;
      shape.set(axis, Math.max(0, Shapes.ceilDiv(room, Math.abs(step))));
    }
    return new SliceSpec(first, stride, shape);
  }

  private static List<Long> numbers(Call call, boolean asInputs, int input, String name) {
    if (!asInputs) {
      return call.node().integers(name, List.of());
    }
    List<Long> result = new ArrayList<>();
    if (call.has(input)) {
      for (long value : call.in(input).integers()) {
        result.add(value);
      }
    }
    return result;
  }

  private static long bound(long start, long extent, boolean backwards) {
    long index = start < 0 ? start + extent : start;
    return Math.max(0, Math.min(index, backwards ? extent - 1 : extent));
  }

  private static long stop(long end, long extent, boolean backwards) {
    long index = end < 0 ? end + extent : end;
    return backwards ? Math.max(-1, Math.min(index, extent - 1)) : bound(end, extent, false);
  }
}
