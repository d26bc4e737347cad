package io.stagemark.flops.onnx.walk;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.proto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.TinyModel;
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
    // other data would take the other branch
    assertThat(count.complete()).isFalse();
    assertThat(count.incompleteBecause()).singleElement().asString().contains("If_2", "(x)");
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
    assertThat(count.complete()).isFalse();
    assertThat(count.incompleteBecause()).singleElement().asString().contains("NonZero", "(x)");
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

  /** A body that runs {@code inner} on what it carries. */
  private static GraphProto nest(int depth) {
    GraphProto.Builder body =
        GraphProto.newBuilder()
            .setName("body" + depth)
            .addInput(TinyModel.value("i" + depth, DataType.INT64))
            .addInput(TinyModel.value("c" + depth, DataType.BOOL))
            .addInput(TinyModel.value("v" + depth, DataType.FLOAT, 1))
            .addOutput(TinyModel.value("again" + depth, DataType.BOOL))
            .addOutput(TinyModel.value("w" + depth, DataType.FLOAT, 1))
            .addNode(proto("Identity", "c" + depth, "again" + depth));
    String names = " v%d".formatted(depth);
    body.addNode(
        depth == 1
            ? proto("Add", "v1 v1", "w1")
            : proto(
                "Loop",
                "trips c" + depth + names,
                "w" + depth,
                attribute("body", nest(depth - 1))));
    return body.build();
  }

  private static TinyModel loops(int depth, long trips) {
    return new TinyModel()
        .input("x", 1)
        .scalar("trips", trips)
        .raw("no", DataType.BOOL, 1)
        .node("Not", "no", "go")
        .node("Loop", "trips go x", "y", attribute("body", nest(depth)))
        .output("y");
  }

  // 1000 * 1000 * 1000 additions and a Not: followed for a while, the rest by multiplication
  @Test
  void count_loopsInLoops_areMultipliedAndNotWalked() throws BadInputException {
    OperationCount count = loops(3, 1000).count();

    assertThat(count.total()).isEqualTo(Operations.of(1_000_000_000L, 0, 1));
    assertThat(count.complete()).isTrue();
  }

  // 1000^7 = 10^21 additions are more than 2^63
  @Test
  void count_loopsBeyondALong_areRefusedInTime() {
    assertThatThrownBy(() -> loops(7, 1000).count())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("2^63");
  }

  // the sum of zeros is below 1 for ever: only the limit ends the run
  @Test
  void count_loopThatNeverEnds_isStoppedAndNotComplete() throws BadInputException {
    GraphProto until =
        body().toBuilder()
            .clearNode()
            .addNode(proto("Neg", "v", "w"))
            .addNode(proto("ReduceSum", "w", "sum", attribute("keepdims", 0)))
            .addNode(proto("Less", "sum one", "again"))
            .addNode(proto("Identity", "w", "scanned"))
            .build();
    TinyModel model =
        new TinyModel()
            .opset(13)
            .input("x", 2, 3)
            .weight("one")
            .scalar("most", Long.MAX_VALUE)
            .raw("no", DataType.BOOL, 1)
            .node("Not", "no", "go")
            .node("Loop", "most go x", "last all", attribute("body", until))
            .output("last");

    OperationCount count = TinyModel.count(model.model().build().toByteArray(), 1);

    assertThat(count.complete()).isFalse();
    assertThat(count.warnings()).anyMatch(warning -> warning.contains("not done after 1.0 s"));
  }
}
