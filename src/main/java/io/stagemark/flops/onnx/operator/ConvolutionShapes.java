package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.value.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What convolutions return. */
final class ConvolutionShapes {
  private ConvolutionShapes() {}

  /** Returns the window of a convolution whose weight is input {@code weight}. */
  static Window window(Call call, int weight) {
    return Window.of(call.node(), spatial(call.shape(weight)), spatial(call.shape(0)));
  }

  /** Returns the extents after batch and channel. */
  static List<Long> spatial(List<Long> shape) {
    if (shape.size() < 2) {
      throw new GraphFault(
          "", "a tensor of shape " + shape, "batch, channel and spatial extents", "check --input");
    }
    return shape.subList(2, shape.size());
  }

  static Value convolution(Call call, int weight, OnnxType type) {
    List<Long> x = call.shape(0);
    List<Long> w = call.shape(weight);
    long group = call.node().integer("group", 1);
    if (x.size() != w.size() || group < 1 || x.get(1) != w.get(1) * group) {
      throw new GraphFault(
          call.node().path(),
          "input %s, weight %s, group %d".formatted(x, w, group),
          "input channels = weight channels x group",
          "check --input: does the model take inputs of that shape?");
    }
    List<Long> out = window(call, weight).over(spatial(x));
    return Value.of(type, Shapes.concat(List.of(x.get(0), w.get(0)), out));
  }

  static List<Value> transposed(Call call) {
    List<Long> x = call.shape(0);
    List<Long> w = call.shape(1);
    long group = call.node().integer("group", 1);
    if (x.size() != w.size() || !x.get(1).equals(w.get(0)) || group < 1) {
      throw new GraphFault(
          call.node().path(),
          "input %s, weight %s".formatted(x, w),
          "input channels = the weight's first extent",
          "check --input: does the model take inputs of that shape?");
    }
    int rank = x.size() - 2;
    List<Long> output = new ArrayList<>(List.of(x.get(0), w.get(1) * group));
    Window window = transposedWindow(call);
    List<Long> extra = call.node().integers("output_padding", Collections.nCopies(rank, 0L));
    List<Long> asked = call.node().integers("output_shape", List.of());
    for (int i = 0; i < rank; i++) {
      long full = fullExtent(window, x.get(i + 2), extra.get(i), i);
      output.add(
          asked.isEmpty()
              ? full - window.begin().get(i) - window.end().get(i)
              : asked.get(asked.size() - rank + i));
    }
    return call.like(output);
  }

  private static long fullExtent(Window window, long in, long extra, int i) {
    return Shapes.add(
        Shapes.multiply(in - 1, window.stride().get(i)),
        Shapes.multiply(window.kernel().get(i) - 1, window.dilation().get(i)),
        1,
        extra);
  }

  /** Returns the window of a transposed convolution, its padding cut from the output. */
  static Window transposedWindow(Call call) {
    List<Long> in = spatial(call.shape(0));
    List<Long> kernel = spatial(call.shape(1));
    Window window = Window.of(call.node(), kernel, in);
    String auto = call.node().text("auto_pad", "NOTSET");
    List<Long> asked = call.node().integers("output_shape", List.of());
    if (asked.isEmpty() && !auto.startsWith("SAME")) {
      return window;
    }
    List<Long> extra = call.node().integers("output_padding", Collections.nCopies(in.size(), 0L));
    List<Long> begin = new ArrayList<>();
    List<Long> end = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      long wanted =
          asked.isEmpty()
              ? in.get(i) * window.stride().get(i)
              : asked.get(asked.size() - in.size() + i);
      long total = Math.max(0, fullExtent(window, in.get(i), extra.get(i), i) - wanted);
      boolean upper = auto.equals("SAME_UPPER");
      begin.add(upper ? total / 2 : total - total / 2);
      end.add(upper ? total - total / 2 : total / 2);
    }
    return new Window(kernel, window.stride(), window.dilation(), begin, end, false);
  }

  static List<Value> causal(Call call) {
    Value x = call.in(0);
    List<Long> w = call.shape(1);
    List<Long> state = Shapes.with(x.shape(), 2, w.get(w.size() - 1) - 1);
    return List.of(Value.of(x.type(), x.shape()), Value.of(x.type(), state));
  }

  /** X [N, spatial…, C] to Y [N, spatial…, M]. */
  static List<Value> channelsLast(Call call, int weight) {
    ConvolutionLayout layout = ConvolutionLayout.channelsLast(call, weight);
    List<Long> shape = new ArrayList<>(List.of(call.shape(0).get(0)));
    shape.addAll(layout.window().over(layout.input()));
    shape.add(call.shape(weight).get(0));
    return List.of(Value.of(weight == 3 ? call.type(7) : call.type(0), shape));
  }
}
