package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.unshaped;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Resizing, and sampling at computed positions. */
final class ImageOperators {
  /** A two-dimensional cubic sample: 16 products and 15 sums. */
  private static final long CUBIC = 31;

  private ImageOperators() {}

  static List<OnnxOperator> all() {
    CostRule resize = ImageOperators::resize;
    return List.of(
        standard("Resize", call -> call.like(resized(call)), resize).settings(1, 2, 3),
        standard("Upsample", call -> call.like(upsampled(call)), resize).settings(1),
        unshaped(ConvolutionOperators.BLOCKED, "Upsample", resize),
        standard("GridSample", ImageOperators::gridShape, ImageOperators::gridSample),
        standard("AffineGrid", ImageOperators::affineShape, ImageOperators::affineGrid),
        microsoft("CropAndResize", ImageOperators::cropShape, call -> Cost.of(7 * call.y(), 0, 0)));
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

  private static List<Value> gridShape(Call call) {
    List<Long> grid = call.shape(1);
    List<Long> shape = new ArrayList<>(call.shape(0).subList(0, 2));
    shape.addAll(grid.subList(1, grid.size() - 1));
    return call.like(shape);
  }

  private static List<Value> affineShape(Call call) {
    List<Long> size = Shapes.of(call.in(1).integers());
    List<Long> shape = new ArrayList<>(List.of(size.get(0)));
    shape.addAll(size.subList(2, size.size()));
    shape.add((long) size.size() - 2);
    return call.like(shape);
  }

  private static List<Value> cropShape(Call call) {
    List<Long> size = Shapes.of(call.in(3).integers());
    List<Long> shape = new ArrayList<>(List.of(call.shape(1).get(0), call.shape(0).get(1)));
    shape.addAll(size);
    return call.like(shape);
  }

  /**
   * Nearest 0; otherwise 2·Πtaps − 1 for each output, over the resized dimensions: linear takes 2
   * taps in each, cubic 4, and antialiasing widens them by 1/scale.
   */
  private static Cost resize(Call call) {
    String mode = call.node().text("mode", "nearest");
    if (mode.equals("nearest")) {
      return Cost.NOTHING;
    }
    boolean antialias = call.node().flag("antialias", false);
    long each = mode.equals("cubic") ? 4 : 2;
    List<Long> x = call.shape(0);
    List<Long> y = call.out(0).shape();
    long taps = 1;
    boolean resized = false;
    for (int i = 0; i < x.size(); i++) {
      if (!x.get(i).equals(y.get(i))) {
        resized = true;
        boolean widened = antialias && y.get(i) < x.get(i) && y.get(i) > 0;
        taps = Shapes.multiply(taps, widened ? Shapes.ceilDiv(each * x.get(i), y.get(i)) : each);
      }
    }
    return resized ? Cost.of(Shapes.multiply(2 * taps - 1, call.y()), 0, 0) : Cost.NOTHING;
  }

  /** Coordinates cost 8 for each position, a sample over d dimensions 2^(d+1) − 1. */
  private static Cost gridSample(Call call) {
    List<Long> y = call.out(0).shape();
    int dimensions = y.size() - 2;
    long positions = Shapes.multiply(8, y.get(0), Shapes.product(y, 2, y.size()));
    String mode = call.node().text("mode", "linear");
    long each =
        switch (mode) {
          case "nearest" -> 0;
          case "cubic", "bicubic" -> CUBIC;
          default -> (1L << (dimensions + 1)) - 1;
        };
    return Cost.of(Shapes.add(positions, Shapes.multiply(each, call.y())), 0, 0);
  }

  /** N · Πout · d · (d + 1) MACs: a matrix for each position. */
  private static Cost affineGrid(Call call) {
    List<Long> y = call.out(0).shape();
    long d = y.get(y.size() - 1);
    long positions = Shapes.product(y, 0, y.size() - 1);
    return Cost.of(Operations.ofMacs(Shapes.multiply(positions, d, d + 1)));
  }
}
