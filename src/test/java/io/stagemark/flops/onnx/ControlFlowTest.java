package io.stagemark.flops.onnx;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.proto;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The executed branch, the executed iterations: from constants, or from a run. */
final class ControlFlowTest {

  private static GraphProto branch(String operator, String out) {
    return GraphProto.newBuilder()
        .setName(out)
        .addNode(proto(operator, "x", out))
        .addOutput(TinyModel.value(out, DataType.FLOAT, 2, 3))
        .build();
  }

  private static TinyModel choice(TinyModel model) {
    return model
        .node(
            "If",
            "c",
            "y",
            attribute("then_branch", branch("Exp", "t")),
            attribute("else_branch", branch("Relu", "e")))
        .output("y");
  }

  @ParameterizedTest
  @CsvSource({"1, 6, 0", "0, 0, 6"})
  void count_ifWithAConstant_countsThatBranch(int value, long special, long cmp)
      throws BadInputException {
    TinyModel model = new TinyModel().input("x", 2, 3).scalar("k", value);
    OperationCount count =
        choice(model.node("Cast", "k", "c", attribute("to", DataType.BOOL_VALUE))).count();

    assertThat(count.total()).isEqualTo(Operations.of(0, special, cmp));
    assertThat(count.shapesFrom()).isEqualTo("inference");
  }

  // inputs are zeros: 0 > 1 is false, so Relu runs; the sum and the comparison cost 5 + 1
  @Test
  void count_ifOnData_countsWhatARunTook() throws BadInputException {
    TinyModel model =
        new TinyModel()
            .opset(13)
            .input("x", 2, 3)
            .weight("one")
            .node("ReduceSum", "x", "s", attribute("keepdims", 0))
            .node("Greater", "s one", "c");
    OperationCount count = choice(model).count();

    assertThat(count.shapesFrom()).isEqualTo("execution");
    assertThat(count.total()).isEqualTo(Operations.of(5, 0, 1 + 6));
    assertThat(count.complete()).isTrue();
  }

  /** Body: carried v -> exp(v), scanned v. */
  private static GraphProto body() {
    return GraphProto.newBuilder()
        .setName("body")
        .addInput(TinyModel.value("i", DataType.INT64))
        .addInput(TinyModel.value("go", DataType.BOOL))
        .addInput(TinyModel.value("v", DataType.FLOAT, 2, 3))
        .addNode(proto("Identity", "go", "again"))
        .addNode(proto("Exp", "v", "w"))
        .addNode(proto("Identity", "w", "scanned"))
        .addOutput(TinyModel.value("again", DataType.BOOL))
        .addOutput(TinyModel.value("w", DataType.FLOAT, 2, 3))
        .addOutput(TinyModel.value("scanned", DataType.FLOAT, 2, 3))
        .build();
  }

  // 1000 iterations: followed one by one at first, the rest at once
  @ParameterizedTest
  @CsvSource({"0", "3", "1000"})
  void count_loopWithATripCount_countsEveryIteration(int trips) throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 2, 3)
            .scalar("trips", trips)
            .node("Loop", "trips - x", "last all", attribute("body", body()))
            .node("Neg", "all", "y")
            .output("last")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(0, 6L * trips, 6L * trips));
    assertThat(count.shapesFrom()).isEqualTo("inference");
  }

  // the loop ends when i + 1 reaches the count of non-zero elements, which only a run knows
  @Test
  void count_loopOnData_countsExecutedIterations() throws BadInputException {
    GraphProto until =
        body().toBuilder()
            .clearNode()
            .addNode(proto("Add", "i step", "next"))
            .addNode(proto("Less", "next limit", "again"))
            .addNode(proto("Exp", "v", "w"))
            .addNode(proto("Identity", "w", "scanned"))
            .build();
    OperationCount count =
        new TinyModel()
            .opset(13)
            .input("x", 2, 3)
            .weight("ones", 2, 2)
            .scalar("step", 1)
            .scalar("most", 100)
            .raw("go", DataType.BOOL, 1)
            .node("Not", "go", "start")
            // zeros + ones: four of them, but by data and not by shape
            .node("Slice", "x from to", "part")
            .node("Add", "part ones", "filled")
            .node("NonZero", "filled", "found")
            .node("Shape", "found", "extents")
            .node("Gather", "extents step", "limit")
            .node("Loop", "most start x", "last all", attribute("body", until))
            .integers("from", 0, 0)
            .integers("to", 2, 2)
            .output("last")
            .count();

    assertThat(count.shapesFrom()).isEqualTo("execution");
    assertThat(count.total().special()).isEqualTo(4 * 6);
    assertThat(count.complete()).isTrue();
  }

  // Scan over 5 rows of [2]: carried sum
  @Test
  void count_scan_countsEachSlice() throws BadInputException {
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
            .input("x", 5, 2)
            .weight("zero", 2)
            .node(
                "Scan",
                "zero x",
                "last all",
                attribute("body", body),
                attribute("num_scan_inputs", 1))
            .node("Neg", "all", "y")
            .output("last")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(10, 0, 10));
  }
}
