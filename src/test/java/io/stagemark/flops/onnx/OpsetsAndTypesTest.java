package io.stagemark.flops.onnx;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.list;
import static io.stagemark.flops.onnx.TinyModel.proto;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Operator sets 7 to 23, and weights of every width. */
final class OpsetsAndTypesTest {

  static LongStream opsets() {
    return LongStream.rangeClosed(7, 23);
  }

  // 1x4x6x6 outputs of 27 MACs, batch normalisation 2 each + 4*4, ReLU, mean over 36, 4 -> 5
  @ParameterizedTest
  @MethodSource("opsets")
  void count_smallNetwork_isTheSameInEveryOperatorSet(long opset) throws BadInputException {
    TinyModel model =
        new TinyModel()
            .opset(opset)
            .input("x", 1, 3, 8, 8)
            .weight("w", 4, 3, 3, 3)
            .weight("s", 4)
            .weight("b", 4)
            .weight("m", 4)
            .weight("v", 4)
            .weight("fc", 4, 5)
            .weight("bias", 5)
            .node("Conv", "x w", "c")
            .node("BatchNormalization", "c s b m v", "n")
            .node("Relu", "n", "r")
            .node("GlobalAveragePool", "r", "p")
            .node("Flatten", "p", "f")
            .node("Gemm", "f fc bias", "g")
            .node("Dropout", "g", "y");

    OperationCount count = model.output("y").count();

    assertThat(count.total())
        .isEqualTo(new Operations(144 * 27 + 20, 0, 288 + 16 + 144 + 5, 4, 144));
    assertThat(count.uncounted()).isEmpty();
    assertThat(count.parameters()).isEqualTo(108 + 8 + 20 + 5);
    assertThat(count.weights().statistics()).isEqualTo(8);
  }

  // axes moved from an attribute to an input in 13 (ReduceSum, Squeeze) and 18 (ReduceMax)
  @ParameterizedTest
  @CsvSource({"11, true", "13, false", "18, false"})
  void count_axes_areReadWhereTheOperatorSetHasThem(long opset, boolean asAttribute)
      throws BadInputException {
    TinyModel model = new TinyModel().opset(opset).input("x", 2, 3, 4).integers("axes", 1);
    OperationCount count =
        (asAttribute
                ? model.node("ReduceSum", "x", "y", list("axes", 1))
                : model.node("ReduceSum", "x axes", "y"))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(16, 0, 0));
  }

  // opset 8: a sequence_lens input first, a batch axis in front: 2 batches of 5 steps of [2]
  @Test
  void count_scanOfOpset8_hasABatchAxis() throws BadInputException {
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(TinyModel.value("sum", DataType.FLOAT, 2))
            .addInput(TinyModel.value("row", DataType.FLOAT, 2))
            .addNode(proto("Add", "sum row", "more"))
            .addNode(proto("Identity", "more", "out"))
            .addOutput(TinyModel.value("more", DataType.FLOAT, 2))
            .addOutput(TinyModel.value("out", DataType.FLOAT, 2))
            .build();
    OperationCount count =
        new TinyModel()
            .opset(8)
            .input("x", 2, 5, 2)
            .input("zero", 2, 2)
            .node(
                "Scan",
                "- zero x",
                "last all",
                attribute("body", body),
                attribute("num_scan_inputs", 1))
            .node("Neg", "all", "y")
            .output("last")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(20, 0, 20));
  }

  // 6 trips of a body whose branch is taken by a constant: 6 * 4 exponentials, none of Neg's
  @Test
  void count_ifInsideALoop_countsTheBranchEachTime() throws BadInputException {
    GraphProto then =
        GraphProto.newBuilder()
            .setName("then")
            .addNode(proto("Exp", "v", "t"))
            .addOutput(TinyModel.value("t", DataType.FLOAT, 4))
            .build();
    GraphProto otherwise =
        GraphProto.newBuilder()
            .setName("else")
            .addNode(proto("Neg", "v", "e"))
            .addOutput(TinyModel.value("e", DataType.FLOAT, 4))
            .build();
    GraphProto body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(TinyModel.value("i", DataType.INT64))
            .addInput(TinyModel.value("c", DataType.BOOL))
            .addInput(TinyModel.value("v", DataType.FLOAT, 4))
            .addNode(
                proto(
                    "If",
                    "yes",
                    "w",
                    attribute("then_branch", then),
                    attribute("else_branch", otherwise)))
            .addNode(proto("Identity", "c", "again"))
            .addOutput(TinyModel.value("again", DataType.BOOL))
            .addOutput(TinyModel.value("w", DataType.FLOAT, 4))
            .build();
    TinyModel model = new TinyModel().input("x", 4).scalar("trips", 6);
    model
        .graph()
        .addInitializer(
            ai.onnx.proto.OnnxMl.TensorProto.newBuilder()
                .setName("yes")
                .setDataType(DataType.BOOL.getNumber())
                .addInt32Data(1));

    OperationCount count =
        model.node("Loop", "trips yes x", "y", attribute("body", body)).output("y").count();

    assertThat(count.total()).isEqualTo(Operations.of(0, 24, 0));
  }

  // 24 weights in each type: bytes as stored, two 4-bit ones in a byte
  @ParameterizedTest
  @CsvSource({
    "FLOAT, 96",
    "FLOAT16, 48",
    "BFLOAT16, 48",
    "DOUBLE, 192",
    "INT8, 24",
    "UINT8, 24",
    "INT4, 12",
    "UINT4, 12",
    "FLOAT8E4M3FN, 24"
  })
  void count_weightOfAnyType_hasItsStoredSize(DataType type, int bytes) throws BadInputException {
    boolean whole = type.name().contains("INT");
    OperationCount count =
        new TinyModel()
            .opset(21)
            .input("x", 2, 4)
            .raw("w", type, bytes, 4, 6)
            .weight("s")
            .node(
                whole ? "DequantizeLinear" : "Cast", whole ? "w s" : "w", "wf", attribute("to", 1))
            .node("MatMul", "x wf", "y")
            .output("y")
            .count();

    assertThat(count.macs()).isEqualTo(2 * 6 * 4);
    assertThat(count.parameters()).isEqualTo(24);
    assertThat(count.weights().parameterBytes()).isEqualTo(bytes);
    assertThat(count.weights().sparsity()).isEqualTo(1.0);
  }
}
