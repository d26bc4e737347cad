package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import java.util.List;

/** Pooling. */
final class PoolingRules {
  private PoolingRules() {}

  static long taps(Call call) {
    return Shapes.product(call.node().integers("kernel_shape", List.of()));
  }

  /** Πk for each output (k − 1 additions, one division); only real taps if padding is left out. */
  static Cost average(Call call) {
    if (call.node().flag("count_include_pad", false)) {
      return Cost.of(Shapes.multiply(call.y(), taps(call)), 0, 0);
    }
    List<Long> x = call.shape(0);
    List<Long> y = call.out(0).shape();
    long valid =
        ConvolutionShapes.poolWindow(call)
            .validTaps(ConvolutionShapes.spatial(x), ConvolutionShapes.spatial(y));
    return Cost.of(Shapes.multiply(y.get(0), y.get(1), valid), 0, 0);
  }

  /** sampling_ratio² bilinear samples of 7 operations and an addition, and one division. */
  static Cost roiAlign(Call call) {
    long ratio = call.node().integer("sampling_ratio", 0);
    if (ratio <= 0) {
      throw new UnknownShape("sampling_ratio 0: the samples depend on the boxes");
    }
    return Cost.of(Shapes.multiply(call.y(), Shapes.multiply(8, ratio, ratio) + 1), 0, 0);
  }
}
