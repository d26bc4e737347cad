package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.uncounted;

import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.Shapes;
import java.util.List;

/** Pooling, and regions of interest. */
final class PoolingOperators {
  private PoolingOperators() {}

  static List<OnnxOperator> all() {
    return List.of(
        standard(
            "MaxPool",
            ConvolutionShapes::pool,
            call -> Cost.of(0, 0, Shapes.multiply(call.y(), PoolingRules.taps(call) - 1))),
        standard("AveragePool", ConvolutionShapes::pool, PoolingRules::average),
        standard(
            "LpPool",
            ConvolutionShapes::pool,
            call ->
                Cost.of(Shapes.multiply(call.y(), 2 * PoolingRules.taps(call) - 1), call.y(), 0)),
        standard(
            "GlobalAveragePool", ConvolutionShapes::global, call -> Cost.of(call.count(0), 0, 0)),
        standard(
            "GlobalMaxPool",
            ConvolutionShapes::global,
            call -> Cost.of(0, 0, call.count(0) - call.y())),
        standard(
            "GlobalLpPool",
            ConvolutionShapes::global,
            call -> Cost.of(2 * call.count(0) - call.y(), call.y(), 0)),
        standard("MaxUnpool", ConvolutionShapes::unpool, call -> Cost.NOTHING),
        standard("Col2Im", ConvolutionShapes::columnsToImage, call -> Cost.of(call.count(0), 0, 0)),
        standard("RoiAlign", ConvolutionShapes::roiAlign, PoolingRules::roiAlign),
        uncounted("MaxRoiPool", ConvolutionShapes::roiPool));
  }
}
