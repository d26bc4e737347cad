package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.value.Window;
import java.util.List;

/** Convolutions and matrix products in floating point. */
final class ContractionRules {
  private ContractionRules() {}

  /** |Y|·(Cin/g)·Πk, the kernel from the weight's shape: kernel_shape is optional. */
  static Cost convolution(Call call, int weight) {
    List<Long> x = call.shape(0);
    List<Long> w = call.shape(weight);
    List<Long> y = call.out(0).shape();
    long perOutput = Shapes.product(w, 1, w.size());
    long dense = Shapes.multiply(call.y(), perOutput);
    Window window = ConvolutionShapes.window(call, weight);
    long taps = window.validTaps(ConvolutionShapes.spatial(x), ConvolutionShapes.spatial(y));
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
  static Cost transposed(Call call) {
    List<Long> x = call.shape(0);
    List<Long> w = call.shape(1);
    long dense = Shapes.multiply(call.count(0), Shapes.product(w, 1, w.size()));
    Window window = ConvolutionShapes.transposedWindow(call);
    long taps =
        window.validTaps(
            ConvolutionShapes.spatial(call.out(0).shape()), ConvolutionShapes.spatial(x));
    long valid = Shapes.multiply(x.get(0), x.get(1), w.get(1), taps);
    return new Cost(Operations.ofMacs(dense), valid, "");
  }

  /** Zhu et al. 2019, arXiv:1811.11168: a bilinear sample of 7 operations for each tap. */
  static Cost deformable(Call call) {
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

  static Cost causal(Call call) {
    List<Long> w = call.shape(1);
    long macs = Shapes.multiply(call.y(), w.get(w.size() - 1));
    return withBias(call, Cost.of(Operations.ofMacs(macs)), 2);
  }

  /** |Y|·K; one-dimensional operands are vectors. */
  static Cost matMul(Call call, int left) {
    List<Long> a = call.shape(left);
    return contraction(call, Shapes.multiply(call.y(), a.get(a.size() - 1)));
  }

  private static Cost contraction(Call call, long macs) {
    return Cost.of(
        call.type(0).isIntegral() ? Operations.ofIntMacs(macs) : Operations.ofMacs(macs));
  }

  static Cost gemm(Call call) {
    Node node = call.node();
    long k = call.shape(0).get(node.flag("transA", false) ? 0 : 1);
    double alpha = node.real("alpha", 1);
    double beta = node.real("beta", 1);
    long added = call.has(2) && beta != 0 ? call.y() : 0;
    long scaled = alpha == 1 ? 0 : call.y();
    long scaledBias = call.has(2) && beta != 0 && beta != 1 ? call.count(2) : 0;
    Cost product = contraction(call, Shapes.multiply(call.y(), k));
    return product.plus(
        ElementwiseRules.arithmetic(call, Shapes.add(added, scaled, scaledBias)).operations());
  }

  static Cost einsum(Call call) {
    Operations operations = Einsum.of(call).operations();
    return Cost.of(
        call.type(0).isIntegral()
            ? new Operations(0, operations.macs(), 0, 0, operations.elementwise())
            : operations);
  }

  /** ⅔·n³ for each matrix, by LU factorisation. */
  static Cost determinant(Value x) {
    long n = x.extent(-1);
    long matrices = Shapes.product(x.shape(), 0, x.rank() - 2);
    return Cost.of(Shapes.multiply(2, n, n, n) / 3 * matrices, 0, 0);
  }

  /** A Conv with an activation, and maybe a tensor added (input 3). */
  static Cost fusedConvolution(Call call) {
    Cost cost = withBias(call, convolution(call, 1), 2);
    return FusedActivation.add(call, withBias(call, cost, 3));
  }

  static Cost fusedMatMul(Call call) {
    boolean transposed = call.node().flag("transA", false);
    List<Long> a = call.shape(0);
    long k = a.get(a.size() - (transposed && a.size() > 1 ? 2 : 1));
    Cost cost = Cost.of(Operations.ofMacs(Shapes.multiply(call.y(), k)));
    if (call.node().real("alpha", 1) != 1) {
      cost = cost.plus(Operations.of(call.y(), 0, 0));
    }
    return FusedActivation.add(call, cost);
  }

  static Cost fusedGemm(Call call) {
    Cost cost = gemm(call);
    return call.node().type().equals("GemmFastGelu")
        ? cost.plus(Operations.of(8, 1, 0).times(call.y()))
        : FusedActivation.add(call, cost);
  }
}
