package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Resizing and sampling. */
final class ImageShapes {
  private ImageShapes() {}

  static void register(OperatorTable<ShapeRule> rules) {
    rules.put("Resize", call -> List.of(Value.of(call.type(0), resized(call))));
    rules.put("Upsample", call -> List.of(Value.of(call.type(0), upsampled(call))));
    rules.put("GridSample", ImageShapes::gridSample);
    rules.put("AffineGrid", ImageShapes::affineGrid);
    rules.put("CropAndResize", ImageShapes::cropAndResize);
  }

  private static List<Long> upsampled(Call call) {
    List<Double> scales = new ArrayList<>();
    if (call.has(1)) {
      Numbers given = call.in(1).known();
      for (int i = 0; i < given.count(); i++) {
        scales.add(given.real(i));
      }
    } else {
      call.node()
          .attribute("scales")
          .ifPresent(found -> found.getFloatsList().forEach(f -> scales.add((double) f)));
    }
    return scaled(call.shape(0), scales, all(call.in(0).rank()));
  }

  private static List<Integer> all(int rank) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      axes.add(i);
    }
    return axes;
  }

  /** Scales are input 1 in opset 10 and input 2 from 11; sizes are input 3. */
  private static List<Long> resized(Call call) {
    Value x = call.in(0);
    List<Integer> axes =
        call.node()
            .integers("axes")
            .map(given -> given.stream().map(axis -> Shapes.axis(axis, x.rank())).toList())
            .orElse(all(x.rank()));
    int scalesAt = call.node().opset() < 11 ? 1 : 2;
    if (call.has(scalesAt) && call.in(scalesAt).elementCount() > 0) {
      Numbers given = call.in(scalesAt).known();
      List<Double> scales = new ArrayList<>();
      for (int i = 0; i < given.count(); i++) {
        scales.add(given.real(i));
      }
      return scaled(x.shape(), scales, axes);
    }
    return sized(call, x, axes);
  }

  private static List<Long> scaled(List<Long> x, List<Double> scales, List<Integer> axes) {
    List<Long> shape = new ArrayList<>(x);
    for (int i = 0; i < scales.size(); i++) {
      int axis = axes.get(i);
      // in float32, as the standard's floor(extent x scale) is computed
      float scale = scales.get(i).floatValue();
      shape.set(axis, (long) Math.floor(x.get(axis) * scale));
    }
    return shape;
  }

  private static List<Long> sized(Call call, Value x, List<Integer> axes) {
    long[] sizes = call.in(3).integers();
    String policy = call.node().text("keep_aspect_ratio_policy", "stretch");
    double ratio = policy.equals("not_larger") ? Double.MAX_VALUE : 0;
    for (int i = 0; i < sizes.length; i++) {
      double one = (double) sizes[i] / x.extent(axes.get(i));
      ratio = policy.equals("not_larger") ? Math.min(ratio, one) : Math.max(ratio, one);
    }
    List<Long> shape = new ArrayList<>(x.shape());
    for (int i = 0; i < sizes.length; i++) {
      long fitted = Math.round(ratio * x.extent(axes.get(i)));
      shape.set(axes.get(i), policy.equals("stretch") ? sizes[i] : fitted);
    }
    return shape;
  }

  private static List<Value> gridSample(Call call) {
    List<Long> grid = call.shape(1);
    List<Long> shape = new ArrayList<>(call.shape(0).subList(0, 2));
    shape.addAll(grid.subList(1, grid.size() - 1));
    return List.of(Value.of(call.type(0), shape));
  }

  private static List<Value> affineGrid(Call call) {
    List<Long> size = ConvolutionShapes.longs(call.in(1).integers());
    List<Long> shape = new ArrayList<>(List.of(size.get(0)));
    shape.addAll(size.subList(2, size.size()));
    shape.add((long) size.size() - 2);
    return List.of(Value.of(call.type(0), shape));
  }

  private static List<Value> cropAndResize(Call call) {
    List<Long> size = ConvolutionShapes.longs(call.in(3).integers());
    List<Long> shape = new ArrayList<>(List.of(call.shape(1).get(0), call.shape(0).get(1)));
    shape.addAll(size);
    return List.of(Value.of(call.type(0), shape));
  }
}
