package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Convolutions: in floating point, in integers, fused, channels last. */
final class ConvolutionOperators {
  private static final ShapeRule PLAIN =
      call -> List.of(ConvolutionShapes.convolution(call, 1, call.type(0)));

  private ConvolutionOperators() {}

  static List<OnnxOperator> all() {
    return List.of(
        standard(
                "Conv",
                PLAIN,
                call -> ContractionRules.withBias(call, ContractionRules.convolution(call, 1), 2))
            .weights(1, 2),
        standard(
                "ConvTranspose",
                ConvolutionShapes::transposed,
                call -> ContractionRules.withBias(call, ContractionRules.transposed(call), 2))
            .weights(1, 2),
        standard("DeformConv", PLAIN, ContractionRules::deformable).weights(1, 3),
        standard("CausalConvWithState", ConvolutionShapes::causal, ContractionRules::causal),
        standard(
                "ConvInteger",
                call -> List.of(ConvolutionShapes.convolution(call, 1, OnnxType.INT32)),
                call -> QuantizedRules.integer(ContractionRules.convolution(call, 1)))
            .weights(1)
            .statistics(2, 3),
        standard(
                "QLinearConv",
                ConvolutionOperators::quantized,
                call -> QuantizedRules.convolution(call, ContractionRules.convolution(call, 3)))
            .weights(3, 8)
            .statistics(1, 2, 4, 5, 6, 7),
        microsoft(
            "QLinearConv",
            call ->
                call.node().flag("channels_last", false)
                    ? MicrosoftShapes.channelsLast(call, 3)
                    : quantized(call),
            MicrosoftRules::quantizedConvolution),
        microsoft("FusedConv", PLAIN, ContractionRules::fusedConvolution).weights(1, 2),
        microsoft(
            "NhwcConv",
            call -> MicrosoftShapes.channelsLast(call, 1),
            MicrosoftRules::channelsLast),
        microsoft(
            "NhwcFusedConv",
            call -> MicrosoftShapes.channelsLast(call, 1),
            MicrosoftRules::channelsLast));
  }

  private static List<Value> quantized(Call call) {
    return List.of(ConvolutionShapes.convolution(call, 3, call.type(7)));
  }
}
