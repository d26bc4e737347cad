package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.list;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.TinyModel;
import io.stagemark.testdata.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cost of single operators, each worked by hand from the rules of docs/flops.md. */
final class OperatorCostsTest {

  private static Operations unary(String operator, AttributeProto... attributes)
      throws BadInputException {
    return new TinyModel()
        .opset(22)
        .input("x", 2, 3, 4)
        .node(operator, "x", "y", attributes)
        .output("y")
        .count()
        .total();
  }

  // 24 elements; columns: elementwise, special, comparisons
  @ParameterizedTest
  @CsvSource({
    "Relu, 0, 0, 24",
    "Neg, 0, 0, 24",
    "Floor, 0, 0, 24",
    "Exp, 0, 24, 0",
    "Sqrt, 0, 24, 0",
    "Erf, 0, 24, 0",
    "Tanh, 0, 24, 0",
    "Reciprocal, 24, 0, 0",
    "Sigmoid, 48, 24, 0",
    "HardSigmoid, 48, 0, 48",
    "HardSwish, 72, 0, 48",
    "Elu, 48, 24, 24",
    "Celu, 72, 24, 24",
    "Selu, 72, 24, 24",
    "LeakyRelu, 24, 0, 24",
    "Mish, 48, 72, 0",
    "Shrink, 24, 0, 48",
    "Softplus, 24, 48, 0",
    "Softsign, 48, 0, 24",
    "ThresholdedRelu, 0, 0, 24",
    "Gelu, 96, 24, 0",
    "Identity, 0, 0, 0",
    "Transpose, 0, 0, 0",
    "Hardmax, 0, 0, 24",
    "GlobalAveragePool, 24, 0, 0",
    "GlobalMaxPool, 0, 0, 18",
    "GlobalLpPool, 42, 6, 0",
    "Softmax, 66, 24, 18",
    "LogSoftmax, 66, 30, 18",
    "LpNormalization, 66, 6, 0",
    "ReduceSum, 23, 0, 0",
    "ReduceMean, 24, 0, 0",
    "ReduceMax, 0, 0, 23",
    "ReduceL1, 23, 0, 24",
    "ReduceL2, 47, 1, 0",
    "ReduceLogSum, 23, 1, 0",
    "ReduceLogSumExp, 48, 25, 23",
    "ReduceSumSquare, 47, 0, 0",
    "ReduceProd, 23, 0, 0",
    "ArgMax, 0, 0, 12",
    "com.microsoft.QuickGelu, 96, 24, 0",
    "com.microsoft.FastGelu, 192, 24, 0",
  })
  void count_unaryOperator_followsItsRule(String operator, long ew, long special, long cmp)
      throws BadInputException {
    assertThat(unary(operator)).isEqualTo(Operations.of(ew, special, cmp));
  }

  @Test
  void count_geluByTanh_costsEightAnElement() throws BadInputException {
    assertThat(unary("Gelu", attribute("approximate", "tanh")))
        .isEqualTo(Operations.of(192, 24, 0));
  }

  // axis 1 of [2, 3, 4] before opset 13: 2 rows of 12
  @Test
  void count_softmaxBeforeOpset13_flattensAtItsAxis() throws BadInputException {
    OperationCount count =
        new TinyModel().opset(12).input("x", 2, 3, 4).node("Softmax", "x", "y").output("y").count();

    assertThat(count.total()).isEqualTo(Operations.of(3 * 24 - 2, 24, 24 - 2));
  }

  // [2,3,4] + [4] broadcasts to 24; integers belong in the last column
  @Test
  void count_add_countsTheBroadcastOutput() throws BadInputException {
    OperationCount floats =
        new TinyModel()
            .input("a", 2, 3, 4)
            .weight("b", 4)
            .node("Add", "a b", "y")
            .output("y")
            .count();
    OperationCount integers =
        new TinyModel()
            .input("a", DataType.INT32, 2, 3, 4)
            .input("b", DataType.INT32, 4)
            .node("Add", "a b", "y")
            .output("y")
            .count();

    assertThat(floats.total()).isEqualTo(Operations.of(24, 0, 0));
    assertThat(integers.total()).isEqualTo(Operations.of(0, 0, 24));
  }

  @ParameterizedTest
  @CsvSource({"Sum, 48, 0", "Mean, 72, 0", "Max, 0, 48", "Min, 0, 48"})
  void count_threeOperands_countsEachPair(String operator, long ew, long cmp)
      throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("a", 2, 3, 4)
            .input("b", 2, 3, 4)
            .input("c", 2, 3, 4)
            .node(operator, "a b c", "y")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(ew, 0, cmp));
  }

  @ParameterizedTest
  @CsvSource({"2, 24, 0", "3, 48, 0", "4, 72, 0", "0.5, 0, 24", "5, 0, 24"})
  void count_pow_dependsOnTheExponent(double exponent, long ew, long special)
      throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 2, 3, 4)
            .reals("k", exponent)
            .node("Pow", "x k", "y")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(ew, special, 0));
  }

  @Test
  void count_clip_countsTheGivenBounds() throws BadInputException {
    TinyModel one = new TinyModel().input("x", 24).weight("low");
    assertThat(one.node("Clip", "x low", "y").output("y").count().total().comparisons())
        .isEqualTo(24);
    TinyModel two = new TinyModel().input("x", 24).weight("low").weight("high");
    assertThat(two.node("Clip", "x low high", "y").output("y").count().total().comparisons())
        .isEqualTo(48);
    TinyModel upper = new TinyModel().input("x", 24).weight("high");
    assertThat(upper.node("Clip", "x - high", "y").output("y").count().total().comparisons())
        .isEqualTo(24);
  }

  // kernel 3, stride 2, padding 1 over 8: 4 windows, the first of them misses a tap: 11 of 12
  @Test
  void count_averagePool_leavesPaddingOutUnlessTold() throws BadInputException {
    AttributeProto[] window = {
      list("kernel_shape", 3, 3), list("strides", 2, 2), list("pads", 1, 1, 1, 1)
    };
    OperationCount without =
        new TinyModel()
            .input("x", 1, 2, 8, 8)
            .node("AveragePool", "x", "y", window)
            .output("y")
            .count();
    OperationCount max =
        new TinyModel()
            .input("x", 1, 2, 8, 8)
            .node("MaxPool", "x", "y", window)
            .output("y")
            .count();

    assertThat(without.total()).isEqualTo(Operations.of(2 * 11 * 11, 0, 0));
    assertThat(max.total()).isEqualTo(Operations.of(0, 0, 2 * 16 * 8));
  }

  @ParameterizedTest
  @CsvSource({
    // [1,2,4,4] to [1,2,8,8]: 128 outputs
    "nearest, 0",
    "linear, 896",
    "cubic, 3968",
  })
  void count_resize_dependsOnTheMode(String mode, long ew) throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 1, 2, 4, 4)
            .reals("scales", 1, 1, 2, 2)
            .node("Resize", "x - scales", "y", attribute("mode", mode))
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(ew, 0, 0));
  }

  // 2 rows of 12 elements
  @ParameterizedTest
  @CsvSource({"LayerNormalization, 172, 2", "RMSNormalization, 98, 2"})
  void count_normalization_countsRows(String operator, long ew, long special)
      throws BadInputException {
    boolean layer = operator.startsWith("Layer");
    OperationCount count =
        new TinyModel()
            .opset(23)
            .input("x", 2, 12)
            .weight("g", 12)
            .weight("b", 12)
            .node(operator, layer ? "x g b" : "x g", "y")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(ew, special, 0));
  }

  @Test
  void count_batchNormalization_foldsItsScale() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 2, 3, 4)
            .weight("g", 3)
            .weight("b", 3)
            .weight("m", 3)
            .weight("v", 3)
            .node("BatchNormalization", "x g b m v", "y")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(48 + 12, 3, 0));
    assertThat(count.parameters()).isEqualTo(6);
    assertThat(count.weights().statistics()).isEqualTo(6);
  }

  @Test
  void count_quantizeAndDequantize_countOneEach() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 10)
            .weight("s")
            .raw("z", DataType.UINT8, 1)
            .node("QuantizeLinear", "x s z", "q")
            .node("DequantizeLinear", "q s z", "y")
            .output("y")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(20, 0, 40));
  }

  // 6 rows of 4, k 3: ceil(log2 3) = 2
  @Test
  void count_topK_countsAHeap() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("x", 2, 3, 4)
            .integers("k", 3)
            .node("TopK", "x k", "v i")
            .output("v")
            .count();

    assertThat(count.total()).isEqualTo(Operations.of(0, 0, 48));
  }

  @Test
  void count_nonMaxSuppression_saysThatItIsABound() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .input("boxes", 2, 10, 4)
            .input("scores", 2, 3, 10)
            .node("NonMaxSuppression", "boxes scores", "picked")
            .output("picked")
            .count();

    // 6 lists of 45 pairs; sorting 10 costs round(33.2) = 33
    assertThat(count.total()).isEqualTo(Operations.of(14 * 270, 0, 14 * 270 + 6 * 33));
    assertThat(count.perOp().get(0).note()).contains("upper bound");
  }

  @Test
  void names_ofTheRules_holdEveryOperatorOfTheTable() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String line : Files.readAllLines(SharedFolder.require("flops/op_rules.csv"))) {
      String[] cells = line.split(",", 3);
      boolean dataDependent = cells[1].equals("MaxRoiPool");
      if (cells[0].equals("ai.onnx") && !dataDependent && !hasRule(cells[1])) {
        missing.add(cells[1]);
      }
    }

    assertThat(missing).isEmpty();
  }

  private static boolean hasRule(String operator) {
    return OnnxOperators.counted().contains(operator);
  }
}
