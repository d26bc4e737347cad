package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.real;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.TinyModel;
import org.junit.jupiter.api.Test;

/** Fused and quantised operators of ONNX Runtime, worked by hand from docs/flops.md. */
final class MicrosoftOperatorsTest {

  // 1x4x6x6 outputs of 27 MACs; bias, residual and ReLU one each
  @Test
  void count_fusedConv_countsBiasResidualAndActivation() throws BadInputException {
    OperationCount count =
        TinyModel.convolved(1)
            .input("z", 1, 4, 6, 6)
            .node("com.microsoft.FusedConv", "x w b z", "y", attribute("activation", "Relu"))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(144 * 27, 0, 288, 0, 144));
  }

  // A [3, 2] transposed by B [3, 5]: 10 outputs of 3, scaled once each
  @Test
  void count_fusedMatMul_honoursTransposeAndAlpha() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("a", 3, 2)
            .input("b", 3, 5)
            .node("com.microsoft.FusedMatMul", "a b", "y", attribute("transA", 1), real("alpha", 2))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(30, 0, 10, 0, 0));
  }

  // [2, 64] by 4-bit weights [64, 8] in blocks of 32: 16 outputs of 64; 8*2*16 = 256 bytes
  @Test
  void count_matMulNBits_takesExtentsFromItsAttributes() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("a", 2, 64)
            .raw("w", DataType.UINT8, 256, 8, 2, 16)
            .weight("s", 16)
            .node(
                "com.microsoft.MatMulNBits",
                "a w s",
                "y",
                attribute("K", 64),
                attribute("N", 8),
                attribute("bits", 4),
                attribute("block_size", 32))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.ofMacs(1024));
    assertThat(count.perOp().get(0).note()).contains("1024 more to unpack");
    assertThat(count.perOp().get(0).outputShapes().get(0)).containsExactly(2L, 8L);
  }

  // [3, 4] by int8 [4, 5]: 15 outputs of 4 integer MACs, a scale and a bias each
  @Test
  void count_matMulIntegerToFloat_countsIntegerMacs() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("a", DataType.UINT8, 3, 4)
            .raw("b", DataType.INT8, 20, 4, 5)
            .weight("sa")
            .weight("sb")
            .weight("bias", 5)
            .node("com.microsoft.MatMulIntegerToFloat", "a b sa sb - - bias", "y")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(0, 60, 30, 0, 0));
  }

  // [1, 6, 6, 3] channels last, [4, 3, 3, 3]: 4x4x4 outputs of 27 integer MACs
  @Test
  void count_quantizedConvolutionChannelsLast_countsTheSame() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", DataType.UINT8, 1, 6, 6, 3)
            .weight("s")
            .raw("z", DataType.UINT8, 1)
            .raw("w", DataType.INT8, 108, 4, 3, 3, 3)
            .node(
                "com.microsoft.QLinearConv", "x s z w s z s z", "y", attribute("channels_last", 1))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(new Operations(0, 64 * 27, 64, 0, 192));
    assertThat(count.perOp().get(0).outputShapes().get(0)).containsExactly(1L, 4L, 4L, 4L);
  }

  // as the sum, and 3 to leave and enter integers
  @Test
  void count_quantizedAdd_countsRequantisation() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("a", DataType.UINT8, 2, 5)
            .input("b", DataType.UINT8, 2, 5)
            .weight("s")
            .raw("z", DataType.UINT8, 1)
            .node("com.microsoft.QLinearAdd", "a s z b s z s z", "y")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(40, 0, 0));
  }

  // [2, 3, 8]: 6 rows; LN 7*48 + 12, skip 48, bias 48
  @Test
  void count_skipLayerNormalization_countsBothSums() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 2, 3, 8)
            .input("skip", 2, 3, 8)
            .weight("gamma", 8)
            .weight("beta", 8)
            .weight("bias", 8)
            .node("com.microsoft.SkipLayerNormalization", "x skip gamma beta bias", "y")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(7 * 48 + 12 + 96, 6, 0));
  }

  // T 5, B 1, I 3, H 4: 5 * 16 * 7 integer MACs
  @Test
  void count_dynamicQuantizeLstm_countsIntegerMacs() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 5, 1, 3)
            .raw("w", DataType.INT8, 48, 1, 3, 16)
            .raw("r", DataType.INT8, 64, 1, 4, 16)
            .weight("ws", 1)
            .raw("wz", DataType.INT8, 1, 1)
            .weight("rs", 1)
            .raw("rz", DataType.INT8, 1, 1)
            .node(
                "com.microsoft.DynamicQuantizeLSTM",
                "x w r - - - - - ws wz rs rz",
                "y",
                attribute("hidden_size", 4))
            .output("y")
            .count();

    assertThat(count.total().macs()).isZero();
    assertThat(count.total().intMacs()).isEqualTo(560);
  }

  /** 3 boxes of 4 channels, 7x7 each; 0 samples: as many as the boxes are large. */
  private static TinyModel aligned(long samples) {
    return new TinyModel()
        .input("x", 1, 4, 16, 16)
        .input("rois", 3, 4)
        .integers("batch", 0, 0, 0)
        .node(
            "RoiAlign",
            "x rois batch",
            "y",
            attribute("output_height", 7),
            attribute("output_width", 7),
            attribute("sampling_ratio", samples));
  }

  // sampling_ratio 0 takes as many samples as the boxes are large: named, never guessed
  @Test
  void count_dataDependentOperators_areNamedAsUncounted() throws BadInputException {
    OperationCount align = aligned(0).node("Relu", "y", "z").output("z").count();
    OperationCount pool =
        new TinyModel()
            .input("x", 1, 4, 16, 16)
            .input("rois", 3, 5)
            .node("MaxRoiPool", "x rois", "y", attribute("pooled_shape", 7, 7))
            .node("Relu", "y", "z")
            .output("z")
            .count();

    assertThat(align.uncounted()).containsEntry("RoiAlign", 1L);
    assertThat(pool.uncounted()).containsEntry("MaxRoiPool", 1L);
    // the shapes behind are known all the same
    assertThat(align.total()).isEqualTo(Operations.of(0, 0, 3 * 4 * 49));
    assertThat(pool.total()).isEqualTo(Operations.of(0, 0, 3 * 4 * 49));
  }

  // 3 boxes of 4 channels of 7x7, 2x2 samples of 8, one division
  @Test
  void count_roiAlignWithSamples_countsEach() throws BadInputException {
    OperationCount count = aligned(2).output("y").count();

    assertThat(count.total()).isEqualTo(Operations.of(588 * 33, 0, 0));
  }
}
