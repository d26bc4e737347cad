package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Window;
import java.util.List;

/**
 * The extents of a convolution whose channels are last.
 *
 * @param input spatial extents of X
 * @param window kernel and steps
 */
record ConvolutionLayout(List<Long> input, Window window) {

  /** X [N, spatial…, C]; the weight [M, C/g, k…], or [M, k…, C/g] for NhwcConv. */
  static ConvolutionLayout channelsLast(Call call, int weight) {
    List<Long> x = call.shape(0);
    List<Long> w = call.shape(weight);
    List<Long> input = x.subList(1, x.size() - 1);
    boolean kernelLast = !call.node().type().equals("NhwcConv");
    List<Long> kernel = kernelLast ? w.subList(2, w.size()) : w.subList(1, w.size() - 1);
    return new ConvolutionLayout(input, Window.of(call.node(), kernel, input));
  }
}
