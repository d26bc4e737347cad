package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.ElementwiseOperators.SPECIAL;
import static io.stagemark.flops.onnx.operator.OnnxOperator.alike;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Transforms and windows of signals. */
final class SignalOperators {
  private SignalOperators() {}

  static List<OnnxOperator> all() {
    return join(
        List.of(
            standard("DFT", SignalOperators::fourierShape, SignalOperators::fourier),
            standard("STFT", SignalOperators::shortTimeShape, SignalOperators::shortTimeFourier),
            standard("MelWeightMatrix", SignalOperators::mel, SPECIAL)),
        alike(SignalOperators::window, SPECIAL, "BlackmanWindow", "HammingWindow", "HannWindow"));
  }

  /** Returns the transformed axis: an attribute up to opset 19, an input from 20. */
  private static int axis(Call call) {
    long axis = call.node().integer("axis", 1);
    if (call.node().opset() >= 20) {
      axis = call.has(2) ? call.in(2).known().integer(0) : -2;
    }
    return Shapes.axis(axis, call.in(0).rank());
  }

  /**
   * Returns the transformed axis, from the shapes where its number is data: one-sided transforms
   * change that extent; of several that could be it, all must be alike.
   */
  private static int axisByShapes(Call call) {
    boolean known =
        call.node().opset() < 20 || !call.has(2) || call.inputs().get(2).numbers() != null;
    if (known) {
      return axis(call);
    }
    List<Long> x = call.shape(0);
    List<Long> y = call.out(0).shape();
    int found = -1;
    for (int i = 0; i < x.size() - 1; i++) {
      if (!x.get(i).equals(y.get(i))) {
        return i;
      }
      boolean unlike = found >= 0 && x.get(i) > 1 && !x.get(i).equals(x.get(found));
      if (unlike) {
        throw new UnknownShape("the transformed axis is data");
      }
      found = x.get(i) > 1 ? i : found;
    }
    return Math.max(0, found);
  }

  /** Returns the points of a transform: as many as asked for, or as the input has. */
  private static long points(Call call, int axis) {
    if (call.has(1)) {
      return call.in(1).known().integer(0);
    }
    long extent = call.in(0).extent(axis);
    boolean half = call.node().flag("onesided", false) && call.node().flag("inverse", false);
    return half ? 2 * (extent - 1) : extent;
  }

  private static List<Value> fourierShape(Call call) {
    int axis = axis(call);
    long n = points(call, axis);
    boolean oneSided = call.node().flag("onesided", false);
    boolean inverse = call.node().flag("inverse", false);
    List<Long> shape = new ArrayList<>(call.shape(0));
    shape.set(axis, oneSided && !inverse ? n / 2 + 1 : n);
    shape.set(shape.size() - 1, oneSided && inverse ? 1L : 2L);
    return call.like(shape);
  }

  private static List<Value> shortTimeShape(Call call) {
    List<Long> x = call.shape(0);
    long step = Math.max(1, call.in(1).known().integer(0));
    long length = call.has(3) ? call.in(3).known().integer(0) : call.count(2);
    long frames = Math.max(0, (x.get(1) - length) / step + 1);
    boolean oneSided = call.node().flag("onesided", true);
    long bins = oneSided ? length / 2 + 1 : length;
    return call.like(List.of(x.get(0), frames, bins, 2L));
  }

  private static List<Value> window(Call call) {
    OnnxType type = OnnxType.of((int) call.node().integer("output_datatype", 1));
    return List.of(Value.of(type, List.of(call.in(0).known().integer(0))));
  }

  private static List<Value> mel(Call call) {
    OnnxType type = OnnxType.of((int) call.node().integer("output_datatype", 1));
    long bins = call.in(1).known().integer(0) / 2 + 1;
    return List.of(Value.of(type, List.of(bins, call.in(0).known().integer(0))));
  }

  /** 5·n·log2 n for each complex transform, half of it for a real one-sided one (a model). */
  private static Cost fourier(Call call) {
    List<Long> x = call.shape(0);
    int last = x.size() - 1;
    int at = axisByShapes(call);
    long n = points(call, at);
    long extent = x.get(at);
    long transforms = extent == 0 ? 0 : Shapes.product(x, 0, last) / extent;
    boolean real = call.node().flag("onesided", false);
    return Cost.of(
        Math.round((real ? 2.5 : 5) * ReductionOperators.sortingExact(n) * transforms), 0, 0);
  }

  /** frames · (5·n·log2 n + n for the window). */
  private static Cost shortTimeFourier(Call call) {
    List<Long> y = call.out(0).shape();
    long frames = Shapes.multiply(y.get(0), y.get(1));
    Numbers length = call.has(3) ? call.in(3).numbers() : null;
    boolean known = call.has(2) || length != null;
    boolean half = call.node().flag("onesided", true);
    long bins = half ? 2 * (y.get(2) - 1) : y.get(2);
    long n = call.has(2) ? call.count(2) : length == null ? bins : length.integer(0);
    double each = 5 * ReductionOperators.sortingExact(n) + (call.has(2) ? n : 0);
    Cost cost = Cost.of(Operations.of(Math.round(frames * each), 0, 0));
    return known || !half ? cost : cost.assuming("frame_length is data: an even one taken");
  }
}
