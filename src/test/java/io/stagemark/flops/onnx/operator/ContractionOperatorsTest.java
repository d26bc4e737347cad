package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.list;
import static io.stagemark.flops.onnx.TinyModel.real;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.TinyModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contractions, recurrent layers and attention, each worked by hand from docs/flops.md. */
final class ContractionOperatorsTest {

  // 2 images, 3 -> 4 channels, 8x8, kernel 3, padding 1: 2*4*64 outputs of 27 MACs
  @Test
  void count_convolution_countsPaddingAndTellsValidApart() throws BadInputException {
    OperationCount count =
        TinyModel.convolved(2)
            .node("Conv", "x w b", "y", list("pads", 1, 1, 1, 1))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(13824, 0, 512, 0, 0));
    // one dimension: 6 inner positions meet 3 taps, 2 outer ones 2: 22 of 24
    assertThat(count.validMacs()).isEqualTo(2 * 4 * 3 * 22 * 22);
    assertThat(count.parameters()).isEqualTo(4 * 27 + 4);
  }

  // [1,4,5,5] x W [4,3,2,2], stride 2: 100 inputs of 12 products; the output is 10x10
  @Test
  void count_transposedConvolution_countsInputPositions() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 1, 4, 5, 5)
            .weight("w", 4, 3, 2, 2)
            .weight("b", 3)
            .node("ConvTranspose", "x w b", "y", list("strides", 2, 2))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(1200, 0, 300, 0, 0));
    assertThat(count.perOp().get(0).outputShapes()).containsExactly(List.of(1L, 3L, 10L, 10L));
  }

  @Test
  void count_matMulOfVectors_takesThemAsRowAndColumn() throws BadInputException {
    OperationCount row =
        new TinyModel()
            .input("a", 7)
            .weight("b", 7, 5)
            .node("MatMul", "a b", "y")
            .output("y")
            .count();
    OperationCount dot =
        new TinyModel().input("a", 7).weight("b", 7).node("MatMul", "a b", "y").output("y").count();

    assertThat(row.macs()).isEqualTo(35);
    assertThat(dot.macs()).isEqualTo(7);
  }

  // A' [5,3]' x B' [4,5]': M 3, N 4, K 5; alpha 2 scales 12, beta 3 scales the 4 of C
  @Test
  void count_gemm_honoursTransposesAndFactors() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("a", 5, 3)
            .weight("b", 4, 5)
            .weight("c", 4)
            .node(
                "Gemm",
                "a b c",
                "y",
                attribute("transA", 1),
                attribute("transB", 1),
                real("alpha", 2f),
                real("beta", 3f))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(60, 0, 12 + 12 + 4, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // 3*4*5*2 = 120 distinct labels
        "bij,bjk->bik; 120; 0",
        // nothing summed: |Y| products
        "bij,bij->bij; 0; 24",
        // a dot product of everything
        "bij,bij->; 24; 0",
      })
  void count_einsum_multipliesDistinctLabels(String equation, long macs, long ew)
      throws BadInputException {
    boolean product = equation.startsWith("bij,bjk");
    OperationCount count =
        new TinyModel()
            .input("a", 2, 3, 4)
            .input("b", product ? new long[] {2, 4, 5} : new long[] {2, 3, 4})
            .node("Einsum", "a b", "y", attribute("equation", equation))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(macs, 0, ew, 0, 0));
  }

  // left to right: ij,jk -> ik (2*3*4), then ik,kl -> il (2*4*5)
  @Test
  void count_einsumOfThree_contractsFromLeftToRight() {
    Operations operations =
        Einsum.of("ij,jk,kl->il", List.of(List.of(2L, 3L), List.of(3L, 4L), List.of(4L, 5L)))
            .operations();

    assertThat(operations).isEqualTo(Operations.ofMacs(24 + 40));
  }

  @Test
  void count_einsumOfOne_addsWhatIsSummed() {
    assertThat(Einsum.of("ij->i", List.of(List.of(3L, 4L))).operations())
        .isEqualTo(Operations.of(9, 0, 0));
    // a diagonal: 3 elements are read, none is added to another
    assertThat(Einsum.of("ii->i", List.of(List.of(3L, 3L))).operations())
        .isEqualTo(Operations.NONE);
    assertThat(
            Einsum.of("...ij,...jk->...ik", List.of(List.of(2L, 3L, 4L), List.of(2L, 4L, 5L)))
                .outputShape())
        .containsExactly(2L, 3L, 5L);
  }

  // T 5, B 2, I 3, H 4, D 2: 2*10*4*4*(3+4) MACs; bias 8H, gates 4H, state 4H a cell
  @Test
  void count_lstm_countsGatesStepsAndDirections() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 5, 2, 3)
            .weight("w", 2, 16, 3)
            .weight("r", 2, 16, 4)
            .weight("b", 2, 32)
            .node(
                "LSTM",
                "x w r b",
                "y h",
                attribute("hidden_size", 4),
                attribute("direction", "bidirectional"))
            .output("y")
            .count();

    assertThat(count.total())
        .isEqualTo(new Operations(2 * 10 * 16 * 7, 0, 20 * (32 + 16 + 16), 20 * 20, 0));
    assertThat(count.perOp().get(0).outputShapes())
        .containsExactly(List.of(5L, 2L, 2L, 4L), List.of(2L, 2L, 4L));
  }

  @Test
  void count_gruWithLengths_countsExecutedStepsAlone() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 5, 2, 3)
            .weight("w", 1, 12, 3)
            .weight("r", 1, 12, 4)
            .integers("lengths", 5, 2)
            .node("GRU", "x w r - lengths", "y", attribute("hidden_size", 4))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(7 * 12 * 7, 0, 7 * 28, 7 * 12, 0));
  }

  // B 2, H 3, Sq 4, Skv 4, d 5: 96 scores; scale 96, mask 96, softmax 3*96 - 24
  @Test
  void count_causalAttention_tellsTheMaskedHalfApart() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .opset(23)
            .input("q", 2, 3, 4, 5)
            .input("k", 2, 3, 4, 5)
            .input("v", 2, 3, 4, 5)
            .node("Attention", "q k v", "y", attribute("is_causal", 1))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(960, 0, 96 + 96 + 264, 96, 72));
    // mean of 1..4 keys is 2.5: 24 rows * 2.5 * 10
    assertThat(count.validMacs()).isEqualTo(600);
  }

  @Test
  void count_quantizedConvolution_countsIntegerMacs() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", DataType.UINT8, 1, 3, 4, 4)
            .weight("s")
            .raw("z", DataType.UINT8, 1)
            .raw("w", DataType.INT8, 2 * 3 * 9, 2, 3, 3, 3)
            .raw("b", DataType.INT32, 8, 2)
            .node("QLinearConv", "x s z w s z s z b", "y")
            .output("y")
            .count();

    // 2x2x2 outputs of 27 MACs; requantised once, 3 integer operations, the bias
    assertThat(count.total()).isEqualTo(new Operations(0, 216, 8, 0, 24 + 8));
    assertThat(count.parameters()).isEqualTo(54 + 2);
    assertThat(count.weights().parameterBytes()).isEqualTo(54 + 8);
    assertThat(count.weights().zeros()).isEqualTo(56);
  }
}
