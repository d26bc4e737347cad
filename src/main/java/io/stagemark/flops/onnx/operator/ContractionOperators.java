package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.value.ShapeRule.LIKE_FIRST;

import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import java.util.List;

/** Matrix products: in floating point, in integers, fused, with packed weights, of experts. */
final class ContractionOperators {
  private ContractionOperators() {}

  static List<OnnxOperator> all() {
    return join(plain(), fused(), quantized(), packed());
  }

  private static List<OnnxOperator> plain() {
    return List.of(
        standard(
                "MatMul",
                call -> List.of(MatrixProducts.matMul(call, 1, call.type(0))),
                MatrixProducts::matMul)
            .weights(0, 1),
        standard("Gemm", MatrixProducts::gemmShape, MatrixProducts::gemm).weights(0, 1, 2),
        standard("Einsum", call -> call.like(Einsum.of(call).outputShape()), MatrixProducts::einsum)
            .weights(0, 1),
        standard("Det", MatrixProducts::determinantShape, MatrixProducts::determinant));
  }

  private static List<OnnxOperator> fused() {
    ShapeRule product = MatrixProducts::fusedMatMulShape;
    CostRule cost = MatrixProducts::fusedMatMul;
    return List.of(
        microsoft("FusedMatMul", product, cost).weights(0, 1),
        microsoft("TransposeMatMul", product, cost),
        microsoft("FusedMatMulActivation", product, cost),
        microsoft("FusedGemm", MatrixProducts::gemmShape, MatrixProducts::fusedGemm)
            .weights(0, 1, 2),
        microsoft("GemmFastGelu", MatrixProducts::gemmShape, MatrixProducts::gemmFastGelu),
        microsoft("GemmFloat8", MatrixProducts::gemmShape, MatrixProducts::fusedGemm),
        microsoft("MoE", LIKE_FIRST, call -> MatrixProducts.experts(call, 2, 1)));
  }

  private static List<OnnxOperator> quantized() {
    ShapeRule floats = call -> List.of(MatrixProducts.matMul(call, 1, OnnxType.FLOAT));
    ShapeRule integers = call -> List.of(MatrixProducts.matMul(call, 1, OnnxType.INT32));
    return List.of(
        standard("MatMulInteger", integers, QuantizedProducts::integer)
            .weights(0, 1)
            .statistics(2, 3),
        standard(
                "QLinearMatMul",
                call -> List.of(MatrixProducts.matMul(call, 3, call.type(7))),
                call -> QuantizedProducts.integer(call).plus(QuantizedOperators.requantised(call)))
            .weights(0, 3)
            .statistics(1, 2, 4, 5, 6, 7),
        microsoft("MatMulIntegerToFloat", floats, call -> QuantizedProducts.scaled(call, 6))
            .weights(0, 1, 6)
            .statistics(2, 3, 4, 5),
        microsoft("DynamicQuantizeMatMul", floats, call -> QuantizedProducts.scaled(call, 4))
            .weights(1, 4)
            .statistics(2, 3),
        microsoft("MatMulInteger16", integers, QuantizedProducts::integer),
        microsoft("QGemm", QuantizedProducts::gemmShape, QuantizedProducts::gemm).weights(3, 6),
        microsoft(
            "QOrderedMatMul",
            call -> List.of(MatrixProducts.matMul(call, 2, call.type(0))),
            call -> QuantizedProducts.scaled(call, 5)));
  }

  private static List<OnnxOperator> packed() {
    ShapeRule shape = QuantizedProducts::packedShape;
    CostRule cost = QuantizedProducts::packed;
    return List.of(
        microsoft("MatMulNBits", shape, QuantizedProducts::packedWithBias)
            .weights(1, 5)
            .statistics(2, 3, 4),
        microsoft("MatMulBnb4", shape, cost).weights(1),
        microsoft("MatMulFpQ4", shape, cost).weights(1),
        microsoft("QMoE", LIKE_FIRST, QuantizedProducts::experts).weights(2, 5, 8));
  }
}
