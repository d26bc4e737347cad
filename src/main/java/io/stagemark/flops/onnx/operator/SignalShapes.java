package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Transforms and windows of signals. */
final class SignalShapes {
  private SignalShapes() {}

  static void register(OperatorTable<ShapeRule> rules) {
    rules.put("DFT", SignalShapes::fourier);
    rules.put("STFT", SignalShapes::shortTime);
    List.of("BlackmanWindow", "HammingWindow", "HannWindow")
        .forEach(op -> rules.put(op, SignalShapes::window));
    rules.put("MelWeightMatrix", SignalShapes::mel);
  }

  /** Returns the transformed axis: an attribute up to opset 19, an input from 20. */
  static int axis(Call call) {
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
  static int axisByShapes(Call call) {
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
  static long points(Call call, int axis) {
    if (call.has(1)) {
      return call.in(1).known().integer(0);
    }
    long extent = call.in(0).extent(axis);
    boolean half = call.node().flag("onesided", false) && call.node().flag("inverse", false);
    return half ? 2 * (extent - 1) : extent;
  }

  private static List<Value> fourier(Call call) {
    int axis = axis(call);
    long n = points(call, axis);
    boolean oneSided = call.node().flag("onesided", false);
    boolean inverse = call.node().flag("inverse", false);
    List<Long> shape = new ArrayList<>(call.shape(0));
    shape.set(axis, oneSided && !inverse ? n / 2 + 1 : n);
    shape.set(shape.size() - 1, oneSided && inverse ? 1L : 2L);
    return List.of(Value.of(call.type(0), shape));
  }

  private static List<Value> shortTime(Call call) {
    List<Long> x = call.shape(0);
    long step = Math.max(1, call.in(1).known().integer(0));
    long length = call.has(3) ? call.in(3).known().integer(0) : call.count(2);
    long frames = Math.max(0, (x.get(1) - length) / step + 1);
    boolean oneSided = call.node().flag("onesided", true);
    long bins = oneSided ? length / 2 + 1 : length;
    return List.of(Value.of(call.type(0), List.of(x.get(0), frames, bins, 2L)));
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
}
