package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Shapes;
import java.util.List;

/** Resizing and sampling at computed positions. */
final class SamplingRules {
  /** A two-dimensional cubic sample: 16 products and 15 sums. */
  private static final long CUBIC = 31;

  private SamplingRules() {}

  static void register(OperatorTable<CostRule> rules) {
    rules.put("Resize", SamplingRules::resize);
    rules.put("Upsample", SamplingRules::resize);
    rules.put("GridSample", SamplingRules::gridSample);
    rules.put("AffineGrid", SamplingRules::affineGrid);
    rules.put("com.microsoft.GridSample", SamplingRules::gridSample);
    rules.put("com.microsoft.CropAndResize", call -> Cost.of(7 * call.y(), 0, 0));
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
