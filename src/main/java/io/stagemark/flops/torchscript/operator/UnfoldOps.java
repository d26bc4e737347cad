package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sliding windows laid out as columns, and a convolution over time first. */
final class UnfoldOps {
  private UnfoldOps() {}

  static void register(OperatorTable<Operator> ops) {
    ops.put("im2col", checked(a -> ConvolutionChecks.windows(a, 1), UnfoldOps::columns));
    ops.put("col2im", checked(ConvolutionChecks::image, UnfoldOps::image));
    ops.put("conv_tbc", checked(ConvolutionChecks::timeFirst, UnfoldOps::timeFirst));
  }

  /** input [N, C, H, W], kernel, dilation, padding, stride: [N, C·Πk, windows]; a copy. */
  private static Object columns(Arguments a) {
    Value x = a.tensor(0);
    boolean single = x.rank() == 3;
    int first = single ? 1 : 2;
    if (x.rank() - first != 2) {
      throw a.misfit("an image of 3 or 4 axes", x);
    }
    long windows = 1;
    long taps = 1;
    for (int i = 0; i < 2; i++) {
      windows = Math.multiplyExact(windows, positions(a, i, x.extent(first + i), 1));
      taps = Math.multiplyExact(taps, a.integers(1, "kernel_size", 2, 1).get(i));
    }
    List<Long> shape = new ArrayList<>(x.shape().subList(0, first));
    shape.set(first - 1, Math.multiplyExact(shape.get(first - 1), taps));
    shape.add(windows);
    Value y = Value.of(x.type(), shape);
    return a.tape().custom("Im2Col", a.where(), List.of(x), y, Operations.NONE);
  }

  /** ⌊(in + 2·padding − dilation·(k − 1) − 1) / stride⌋ + 1. */
  private static long positions(Arguments a, int axis, long extent, int kernelAt) {
    long kernel = a.integers(kernelAt, "kernel_size", 2, 1).get(axis);
    long dilation = a.integers(kernelAt + 1, "dilation", 2, 1).get(axis);
    long padding = a.integers(kernelAt + 2, "padding", 2, 0).get(axis);
    long stride = a.integers(kernelAt + 3, "stride", 2, 1).get(axis);
    if (kernel < 1 || dilation < 1 || stride < 1 || padding < 0) {
      throw new ScriptFault(a.where(), "a window of %d by %d".formatted(kernel, stride));
    }
    long room = Math.addExact(extent, 2 * padding) - Math.multiplyExact(dilation, kernel - 1) - 1;
    if (room < 0) {
      throw new ScriptFault(a.where(), "a window of %d over %d".formatted(kernel, extent));
    }
    return room / stride + 1;
  }

  /** columns [N, C·Πk, windows], output_size, kernel, …: one addition for each element. */
  private static Object image(Arguments a) {
    Value x = a.tensor(0);
    List<Long> size = a.integers(1, "output_size", 2, 1);
    List<Long> kernel = a.integers(2, "kernel_size", 2, 1);
    long taps = Math.multiplyExact(kernel.get(0), kernel.get(1));
    int channels = x.rank() - 2;
    long windows =
        Math.multiplyExact(positions(a, 0, size.get(0), 2), positions(a, 1, size.get(1), 2));
    if (taps < 1 || x.extent(channels) % taps != 0 || x.extent(-1) != windows) {
      throw new ScriptFault(a.where(), "columns %s into %s".formatted(x.shape(), size));
    }
    List<Long> shape = new ArrayList<>(x.shape().subList(0, channels));
    shape.add(x.extent(channels) / taps);
    shape.addAll(size);
    Value y = Value.of(x.type(), shape);
    Operations sums = Operations.of(x.elementCount(), 0, 0);
    return a.tape().custom("Col2Im", a.where(), List.of(x), y, sums);
  }

  /** input [T, B, C], weight [k, C, out], bias, pad: a convolution of one axis. */
  private static Object timeFirst(Arguments a) {
    Value x = a.tensor(0);
    Value w = a.tensor(1);
    Value turned = x.viewedAs(List.of(x.extent(1), x.extent(2), x.extent(0)));
    Value weight = w.viewedAs(List.of(w.extent(2), w.extent(1), w.extent(0)));
    long pad = a.integer(3, "pad", 0);
    Value y =
        a.apply(
            "Conv",
            List.of(turned, weight, a.optional(2, "bias")),
            Map.of("pads", List.of(pad, pad)));
    return y.viewedAs(List.of(y.extent(2), y.extent(0), y.extent(1)));
  }
}
