package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Shapes and costs of matrix products in integers and with weights packed in few bits. */
final class QuantizedProducts {
  private QuantizedProducts() {}

  static List<Value> gemmShape(Call call) {
    List<Long> a = MatrixProducts.swapped(call.shape(0), call.node().flag("transA", false));
    List<Long> b = MatrixProducts.swapped(call.shape(3), call.node().flag("transB", false));
    OnnxType type = call.has(7) ? call.type(0) : OnnxType.FLOAT;
    return List.of(Value.of(type, MatrixProducts.product(call.node(), a, b)));
  }

  /** A [.., K] times weights of K x N packed in few bits; N is an attribute. */
  static List<Value> packedShape(Call call) {
    List<Long> a = call.shape(0);
    return call.like(Shapes.with(a, a.size() - 1, columns(call)));
  }

  private static long columns(Call call) {
    return call.node().has("N")
        ? call.node().integer("N")
        : call.in(2).known().integer(1); // MatMulFpQ4 holds the weight's shape in input 2
  }

  /** |Y|·K; where the weights are unpacked first, that is 2·K·N more (noted, not added). */
  static Cost packed(Call call) {
    long k = call.in(0).extent(-1);
    long unpacking = Shapes.multiply(2, k, columns(call));
    return Cost.of(Operations.ofMacs(Shapes.multiply(call.y(), k)))
        .noting("%d more to unpack the weights where that is not fused".formatted(unpacking));
  }

  static Cost packedWithBias(Call call) {
    return ConvolutionOperators.withBias(call, packed(call), 5);
  }

  /** |Y|·K. */
  static Cost integer(Call call) {
    return integer(call, call.in(0).extent(-1));
  }

  private static Cost integer(Call call, long k) {
    return Cost.of(Operations.ofIntMacs(Shapes.multiply(call.y(), k)));
  }

  /** Integer product, one scale for each output, and a bias if there is one. */
  static Cost scaled(Call call, int bias) {
    return scaled(call, integer(call), bias);
  }

  private static Cost scaled(Call call, Cost cost, int bias) {
    return ConvolutionOperators.withBias(call, cost.plus(Operations.of(call.y(), 0, 0)), bias);
  }

  static Cost gemm(Call call) {
    long k = call.shape(0).get(call.node().flag("transA", false) ? 0 : 1);
    return scaled(call, integer(call, k), 6);
  }

  /** Two 4-bit weights in a byte, unless an attribute says otherwise. */
  static Cost experts(Call call) {
    long bits = Math.max(1, call.node().integer("expert_weight_bits", 4));
    return MatrixProducts.experts(call, 3, 8 / bits);
  }
}
