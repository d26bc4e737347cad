package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;

import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.ShapeRule;
import java.util.List;
import java.util.stream.Stream;

/** Matrix products: in floating point, in integers, fused, with packed weights. */
final class ContractionOperators {
  private ContractionOperators() {}

  static List<OnnxOperator> all() {
    return Stream.of(plain(), fused(), quantized(), packed()).flatMap(List::stream).toList();
  }

  private static List<OnnxOperator> plain() {
    return List.of(
        standard(
                "MatMul",
                call -> List.of(MatrixShapes.matMul(call, 0, 1, call.type(0))),
                call -> ContractionRules.matMul(call, 0))
            .weights(0, 1),
        standard("Gemm", MatrixShapes::gemm, ContractionRules::gemm).weights(0, 1, 2),
        standard(
                "Einsum",
                call -> List.of(Einsum.of(call).output(call.type(0))),
                ContractionRules::einsum)
            .weights(0, 1),
        standard(
            "Det", MatrixShapes::determinant, call -> ContractionRules.determinant(call.in(0))));
  }

  private static List<OnnxOperator> fused() {
    ShapeRule product = MicrosoftShapes::fusedMatMul;
    CostRule cost = ContractionRules::fusedMatMul;
    return List.of(
        microsoft("FusedMatMul", product, cost).weights(0, 1),
        microsoft("TransposeMatMul", product, cost),
        microsoft("FusedMatMulActivation", product, cost),
        microsoft("FusedGemm", MatrixShapes::gemm, ContractionRules::fusedGemm).weights(0, 1, 2),
        microsoft("GemmFastGelu", MatrixShapes::gemm, ContractionRules::fusedGemm),
        microsoft("GemmFloat8", MatrixShapes::gemm, ContractionRules::fusedGemm));
  }

  private static List<OnnxOperator> quantized() {
    return List.of(
        standard(
                "MatMulInteger",
                call -> List.of(MatrixShapes.matMul(call, 0, 1, OnnxType.INT32)),
                QuantizedRules::integerMatMul)
            .weights(0, 1)
            .statistics(2, 3),
        standard(
                "QLinearMatMul",
                call -> List.of(MatrixShapes.matMul(call, 0, 3, call.type(7))),
                call -> QuantizedRules.integerMatMul(call).plus(QuantizedRules.requantised(call)))
            .weights(0, 3)
            .statistics(1, 2, 4, 5, 6, 7),
        microsoft("MatMulIntegerToFloat", MicrosoftShapes::toFloat, MicrosoftRules::toFloat)
            .weights(0, 1, 6)
            .statistics(2, 3, 4, 5),
        microsoft("DynamicQuantizeMatMul", MicrosoftShapes::toFloat, MicrosoftRules::toFloat)
            .weights(1, 4)
            .statistics(2, 3),
        microsoft(
            "MatMulInteger16",
            MicrosoftShapes::toFloat,
            call -> MicrosoftRules.integerProduct(call, MicrosoftRules.lastExtent(call))),
        microsoft("QGemm", MicrosoftShapes::quantizedGemm, MicrosoftRules::quantizedGemm)
            .weights(3, 6),
        microsoft(
            "QOrderedMatMul",
            call ->
                MicrosoftShapes.like(
                    call, MatrixShapes.product(call.node(), call.shape(0), call.shape(2))),
            MicrosoftRules::orderedMatMul));
  }

  private static List<OnnxOperator> packed() {
    ShapeRule shape = MicrosoftShapes::packedWeights;
    CostRule cost = MicrosoftRules::packedWeights;
    return List.of(
        microsoft("MatMulNBits", shape, cost).weights(1, 5).statistics(2, 3, 4),
        microsoft("MatMulBnb4", shape, cost).weights(1),
        microsoft("MatMulFpQ4", shape, cost).weights(1));
  }
}
