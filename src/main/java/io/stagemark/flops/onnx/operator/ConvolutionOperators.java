package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.ConvolutionShapes.spatial;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.unshaped;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.value.Window;
import java.util.List;

/** Convolutions: in floating point, in integers, fused, channels last. */
final class ConvolutionOperators {
  /** Operators on channels in blocks of 8 or 16, which ONNX Runtime's optimiser writes. */
  static final String BLOCKED = "com.microsoft.nchwc";

  private static final String NHWC = "com.ms.internal.nhwc";

  private static final ShapeRule PLAIN =
      call -> List.of(ConvolutionShapes.convolution(call, 1, call.type(0)));

  private static final ShapeRule CHANNELS_LAST = call -> ConvolutionShapes.channelsLast(call, 1);

  private ConvolutionOperators() {}

  static List<OnnxOperator> all() {
    return join(plain(), quantized(), fused());
  }

  private static List<OnnxOperator> plain() {
    return List.of(
        standard("Conv", PLAIN, call -> withBias(call, convolution(call, 1), 2)).weights(1, 2),
        standard(
                "ConvTranspose",
                ConvolutionShapes::transposed,
                call -> withBias(call, transposed(call), 2))
            .weights(1, 2),
        standard("DeformConv", PLAIN, ConvolutionOperators::deformable).weights(1, 3),
        standard("CausalConvWithState", ConvolutionShapes::causal, ConvolutionOperators::causal));
  }

  private static List<OnnxOperator> quantized() {
    ShapeRule integers = call -> List.of(ConvolutionShapes.convolution(call, 1, OnnxType.INT32));
    return List.of(
        standard("ConvInteger", integers, call -> integer(convolution(call, 1)))
            .weights(1)
            .statistics(2, 3),
        standard(
                "QLinearConv",
                ConvolutionOperators::quantizedShape,
                call -> quantized(call, convolution(call, 3)))
            .weights(3, 8)
            .statistics(1, 2, 4, 5, 6, 7),
        microsoft(
            "QLinearConv",
            call ->
                call.node().flag("channels_last", false)
                    ? ConvolutionShapes.channelsLast(call, 3)
                    : quantizedShape(call),
            ConvolutionOperators::quantizedInEitherLayout),
        unshaped(NHWC, "QLinearConv", ConvolutionOperators::quantizedInEitherLayout));
  }

  private static List<OnnxOperator> fused() {
    return List.of(
        microsoft("FusedConv", PLAIN, ConvolutionOperators::fused).weights(1, 2),
        unshaped(BLOCKED, "Conv", ConvolutionOperators::fused),
        microsoft("NhwcConv", CHANNELS_LAST, ConvolutionOperators::channelsLast),
        microsoft("NhwcFusedConv", CHANNELS_LAST, ConvolutionOperators::channelsLast),
        unshaped(NHWC, "Conv", ConvolutionOperators::channelsLast));
  }

  private static List<Value> quantizedShape(Call call) {
    return List.of(ConvolutionShapes.convolution(call, 3, call.type(7)));
  }

  /** |Y|·(Cin/g)·Πk, the kernel from the weight's shape: kernel_shape is optional. */
  private static Cost convolution(Call call, int weight) {
    List<Long> x = call.shape(0);
    List<Long> w = call.shape(weight);
    List<Long> y = call.out(0).shape();
    long perOutput = Shapes.product(w, 1, w.size());
    long dense = Shapes.multiply(call.y(), perOutput);
    Window window = ConvolutionShapes.window(call, weight);
    long taps = window.validTaps(spatial(x), spatial(y));
    long valid = Shapes.multiply(y.get(0), y.get(1), w.get(1), taps);
    return new Cost(Operations.ofMacs(dense), valid, "");
  }

  static Cost withBias(Call call, Cost cost, int bias) {
    return call.has(bias) ? cost.plus(Operations.of(call.y(), 0, 0)) : cost;
  }

  /**
   * |X|·ΠW.shape[1:], by input positions; valid are those whose product lands in the output and not
   * in the rim that pads cut off.
   */
  private static Cost transposed(Call call) {
    List<Long> x = call.shape(0);
    List<Long> w = call.shape(1);
    long dense = Shapes.multiply(call.count(0), Shapes.product(w, 1, w.size()));
    Window window = ConvolutionShapes.transposedWindow(call);
    long taps = window.validTaps(spatial(call.out(0).shape()), spatial(x));
    long valid = Shapes.multiply(x.get(0), x.get(1), w.get(1), taps);
    return new Cost(Operations.ofMacs(dense), valid, "");
  }

  /** Zhu et al. 2019, arXiv:1811.11168: a bilinear sample of 7 operations for each tap. */
  private static Cost deformable(Call call) {
    List<Long> x = call.shape(0);
    List<Long> w = call.shape(1);
    List<Long> y = call.out(0).shape();
    long samples =
        Shapes.multiply(
            x.get(0), x.get(1), Shapes.product(y, 2, y.size()), Shapes.product(w, 2, w.size()));
    long macs = Shapes.multiply(call.y(), Shapes.product(w, 1, w.size()));
    long masked = call.has(4) ? samples : 0;
    long bias = call.has(3) ? call.y() : 0;
    long elementwise = Shapes.add(Shapes.multiply(7, samples), masked, bias);
    return Cost.of(new Operations(macs, 0, elementwise, 0, 0));
  }

  private static Cost causal(Call call) {
    List<Long> w = call.shape(1);
    long macs = Shapes.multiply(call.y(), w.get(w.size() - 1));
    return withBias(call, Cost.of(Operations.ofMacs(macs)), 2);
  }

  /** A Conv with an activation, and maybe a tensor added (input 3). */
  private static Cost fused(Call call) {
    Cost cost = withBias(call, convolution(call, 1), 2);
    return FusedActivation.add(call, withBias(call, cost, 3));
  }

  /** |Y|·ΠW[1:], whatever the order of the weight's extents. */
  private static Cost channelsLast(Call call) {
    Cost cost = channelsLast(call, 1);
    cost = withBias(call, withBias(call, cost, 2), 3);
    return FusedActivation.add(call, cost);
  }

  private static Cost channelsLast(Call call, int weight) {
    List<Long> w = call.shape(weight);
    List<Long> y = call.out(0).shape();
    ConvolutionLayout layout = ConvolutionLayout.channelsLast(call, weight);
    long taps = layout.window().validTaps(layout.input(), y.subList(1, y.size() - 1));
    long kernel = Shapes.product(layout.window().kernel());
    long perPosition = kernel == 0 ? 0 : Shapes.multiply(y.get(0), Shapes.product(w) / kernel);
    return new Cost(
        Operations.ofMacs(Shapes.multiply(call.y(), Shapes.product(w, 1, w.size()))),
        Shapes.multiply(perPosition, taps),
        "");
  }

  private static Cost quantizedInEitherLayout(Call call) {
    boolean last = call.node().flag("channels_last", false) || call.node().domain().equals(NHWC);
    return quantized(call, last ? channelsLast(call, 3) : convolution(call, 3));
  }

  /** Weight is input 3, the int32 bias input 8. */
  private static Cost quantized(Call call, Cost dense) {
    Cost cost = integer(dense).plus(QuantizedOperators.requantised(call));
    return call.has(8) ? cost.plus(Operations.of(0, 0, call.y())) : cost;
  }

  private static Cost integer(Cost cost) {
    return new Cost(Operations.ofIntMacs(cost.operations().macs()), cost.validMacs(), cost.note());
  }
}
