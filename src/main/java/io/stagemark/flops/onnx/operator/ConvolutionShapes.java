package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.value.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Convolutions and pooling. */
final class ConvolutionShapes {
  private ConvolutionShapes() {}

  /** Returns the window of a convolution whose weight is input {@code weight}. */
  static Window window(Call call, int weight) {
    return Window.of(call.node(), spatial(call.shape(weight)), spatial(call.shape(0)));
  }

  /** Returns the window of a pooling. */
  static Window poolWindow(Call call) {
    List<Long> kernel =
        call.node()
            .integers("kernel_shape")
            .orElseThrow(
                () ->
                    new GraphFault(
                        call.node().path(), "no kernel_shape", "a kernel_shape", "export again"));
    return Window.of(call.node(), kernel, spatial(call.shape(0)));
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
    return List.of(Value.of(call.type(0), output));
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

  static List<Value> pool(Call call) {
    List<Long> x = call.shape(0);
    List<Long> out = Shapes.concat(x.subList(0, 2), poolWindow(call).over(spatial(x)));
    return List.of(Value.of(call.type(0), out), Value.of(OnnxType.INT64, out));
  }

  static List<Value> global(Call call) {
    List<Long> x = call.shape(0);
    List<Long> ones = Collections.nCopies(spatial(x).size(), 1L);
    return List.of(Value.of(call.type(0), Shapes.concat(x.subList(0, 2), ones)));
  }

  static List<Value> unpool(Call call) {
    if (call.has(2)) {
      return List.of(Value.of(call.type(0), longs(call.in(2).integers())));
    }
    List<Long> x = call.shape(0);
    Window window = poolWindow(call);
    List<Long> out = new ArrayList<>(x.subList(0, 2));
    for (int i = 0; i < x.size() - 2; i++) {
      out.add(
          (x.get(i + 2) - 1) * window.stride().get(i)
              - window.begin().get(i)
              - window.end().get(i)
              + window.kernel().get(i));
    }
    return List.of(Value.of(call.type(0), out));
  }

  static List<Value> columnsToImage(Call call) {
    long[] image = call.in(1).integers();
    long block = 1;
    for (long extent : call.in(2).integers()) {
      block = Math.multiplyExact(block, extent);
    }
    List<Long> x = call.shape(0);
    return List.of(
        Value.of(call.type(0), Shapes.concat(List.of(x.get(0), x.get(1) / block), longs(image))));
  }

  static List<Value> roiAlign(Call call) {
    Node node = call.node();
    return List.of(
        Value.of(
            call.type(0),
            List.of(
                call.shape(1).get(0),
                call.shape(0).get(1),
                node.integer("output_height", 1),
                node.integer("output_width", 1))));
  }

  static List<Value> roiPool(Call call) {
    List<Long> out = new ArrayList<>(List.of(call.shape(1).get(0), call.shape(0).get(1)));
    out.addAll(call.node().integers("pooled_shape", List.of()));
    return List.of(Value.of(call.type(0), out));
  }

  static List<Long> longs(long[] values) {
    List<Long> result = new ArrayList<>(values.length);
    for (long value : values) {
      if (value < 0) {
        throw new GraphFault("", "a negative extent " + value, "an extent", "check --input");
      }
      result.add(value);
    }
    return result;
  }
}
