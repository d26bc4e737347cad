package io.stagemark.flops.onnx;

import static io.stagemark.flops.onnx.TinyModel.attribute;
import static io.stagemark.flops.onnx.TinyModel.proto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.OperationCount;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parameters wherever a file keeps them, each once. */
final class StoredConstantsTest {
  private static AttributeProto value(TensorProto tensor) {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeProto.AttributeType.TENSOR)
        .setT(tensor)
        .build();
  }

  private static TensorProto tensor(DataType type, int bytes, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
    for (long extent : shape) {
      tensor.addDims(extent);
    }
    return tensor.setRawData(ByteString.copyFrom(new byte[bytes])).build();
  }

  private static TinyModel constant(TinyModel model, String output, String nodeName) {
    model
        .graph()
        .addNode(
            proto("Constant", "", output, value(tensor(DataType.FLOAT, 64, 4, 4))).toBuilder()
                .setName(nodeName));
    return model;
  }

  // two matrices of 16, whatever their nodes are called
  @Test
  void count_constantNodesOfOneName_areTwoConstants() throws BadInputException {
    for (String second : new String[] {"a", "b", ""}) {
      TinyModel model = constant(constant(new TinyModel().input("x", 2, 4), "v", "a"), "w", second);
      OperationCount count =
          model.node("MatMul", "x v", "h").node("MatMul", "h w", "y").output("y").count();

      assertThat(count.parameters()).isEqualTo(32);
      assertThat(count.perOp().stream().filter(op -> op.operator().equals("Constant"))).hasSize(2);
    }
  }

  // one constant, read twice, through an Identity and a Transpose
  @Test
  void count_constantThatIsReadTwice_countsOnce() throws BadInputException {
    OperationCount count =
        constant(new TinyModel().input("x", 2, 4), "w", "w")
            .node("Identity", "w", "same")
            .node("Transpose", "w", "turned")
            .node("MatMul", "x same", "h")
            .node("MatMul", "h turned", "y")
            .output("y")
            .count();

    assertThat(count.parameters()).isEqualTo(16);
  }

  // int8 weights 6 x 4, cut in two of 3 x 4 and dequantised; the scale is a statistic
  @Test
  void count_quantisedWeightThatIsSliced_countsWhole() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .opset(13)
            .input("x", 2, 3)
            .raw("w", DataType.INT8, 24, 6, 4)
            .weight("scale")
            .integers("zero", 0)
            .integers("three", 3)
            .integers("six", 6)
            .node("Slice", "w zero three zero", "upper")
            .node("Slice", "w three six zero", "lower")
            .node("DequantizeLinear", "upper scale", "u")
            .node("DequantizeLinear", "lower scale", "l")
            .node("MatMul", "x u", "a")
            .node("MatMul", "x l", "b")
            .node("Add", "a b", "y")
            .output("y")
            .count();

    assertThat(count.parameters()).isEqualTo(24);
    assertThat(count.weights().statistics()).isEqualTo(1);
  }

  // int8 parts of 2 x 4 and 1 x 4, put together: 12, each stored part once
  @Test
  void count_quantisedWeightsThatAreConcatenated_countEachPart() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .opset(13)
            .input("x", 2, 3)
            .raw("a", DataType.INT8, 8, 2, 4)
            .raw("b", DataType.INT8, 4, 1, 4)
            .weight("scale")
            .node("Concat", "a b", "w", attribute("axis", 0))
            .node("DequantizeLinear", "w scale", "d")
            .node("MatMul", "x d", "y")
            .output("y")
            .count();

    assertThat(count.parameters()).isEqualTo(12);
  }

  private static SparseTensorProto sparse(String name) {
    return SparseTensorProto.newBuilder()
        .setValues(
            TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.FLOAT_VALUE)
                .addDims(3)
                .addFloatData(1)
                .addFloatData(2)
                .addFloatData(3))
        .setIndices(tensor(DataType.INT64, 24, 3))
        .addDims(4)
        .addDims(4)
        .build();
  }

  // 4 x 4 of which 3 are stored: 16 weights, 13 of them zero, as in the dense file
  @Test
  void count_sparseWeights_areThoseOfTheDenseTensor() throws BadInputException {
    TinyModel initializer = new TinyModel().input("x", 2, 4);
    initializer.graph().addSparseInitializer(sparse("w"));
    initializer.graph().addInput(TinyModel.value("w", DataType.FLOAT, 4, 4)); // its default
    TinyModel node = new TinyModel().input("x", 2, 4);
    AttributeProto value =
        AttributeProto.newBuilder()
            .setName("sparse_value")
            .setType(AttributeProto.AttributeType.SPARSE_TENSOR)
            .setSparseTensor(sparse(""))
            .build();
    node.node("Constant", "", "w", value);
    for (TinyModel model : new TinyModel[] {initializer, node}) {
      OperationCount count = model.node("MatMul", "x w", "y").output("y").count();

      assertThat(count.parameters()).isEqualTo(16);
      assertThat(count.weights().zeros()).isEqualTo(13);
      assertThat(count.macs()).isEqualTo(2 * 16);
    }
  }

  // four floats in a list are a bias; one alone is a number of the program
  @Test
  void count_constantLists_areWeightsWhereTheyAreMoreThanOneNumber() throws BadInputException {
    AttributeProto four =
        AttributeProto.newBuilder()
            .setName("value_floats")
            .setType(AttributeProto.AttributeType.FLOATS)
            .addFloats(1)
            .addFloats(0)
            .addFloats(2)
            .addFloats(3)
            .build();
    OperationCount count =
        new TinyModel()
            .input("x", 2, 4)
            .node("Constant", "", "b", four)
            .node("Constant", "", "half", TinyModel.real("value_float", 0.5f))
            .node("Add", "x b", "h")
            .node("Mul", "h half", "y")
            .output("y")
            .count();

    assertThat(count.parameters()).isEqualTo(4);
    assertThat(count.weights().zeros()).isEqualTo(1);
  }

  // a function that holds a matrix of 16, called twice: stored once
  @Test
  void count_constantOfAFunction_countsOnceForAllCalls() throws BadInputException {
    FunctionProto function =
        FunctionProto.newBuilder()
            .setName("F")
            .setDomain("own")
            .addInput("a")
            .addOutput("b")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .addNode(proto("Constant", "", "w", value(tensor(DataType.FLOAT, 64, 4, 4))))
            .addNode(proto("MatMul", "a w", "b"))
            .build();
    ModelProto model =
        new TinyModel()
            .input("x", 2, 4)
            .node("own.F", "x", "h")
            .node("own.F", "h", "y")
            .output("y")
            .model()
            .addFunctions(function)
            .build();

    OperationCount count = TinyModel.count(model.toByteArray());

    assertThat(count.parameters()).isEqualTo(16);
    assertThat(count.macs()).isEqualTo(2 * 32);
  }

  // the weights' file is not there: the shapes are in the model
  @Test
  void count_externalDataThatIsMissing_countsByShapesAndSaysSo() throws BadInputException {
    TinyModel model = new TinyModel().input("x", 2, 4);
    model
        .graph()
        .addInitializer(
            TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT_VALUE)
                .addDims(4)
                .addDims(4)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                    StringStringEntryProto.newBuilder().setKey("location").setValue("none.bin")));
    OperationCount count = model.node("MatMul", "x w", "y").output("y").count();

    assertThat(count.parameters()).isEqualTo(16);
    assertThat(count.macs()).isEqualTo(32);
    assertThat(count.warnings()).anyMatch(warning -> warning.contains("none.bin"));
  }

  // 4-bit weights: two in a byte; the gathered table of int8 counts though its rows are data
  @Test
  void count_tableOfSmallIntegers_isAParameter() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .opset(21)
            .input("ids", DataType.INT64, 3)
            .raw("table", DataType.INT4, 10, 5, 4)
            .weight("scale")
            .node("Gather", "table ids", "rows")
            .node("DequantizeLinear", "rows scale", "y")
            .output("y")
            .count();

    assertThat(count.parameters()).isEqualTo(20);
    assertThat(count.weights().parameterBytes()).isEqualTo(10);
  }

  // bounds of a Clip and factors of a Resize are no weights, whoever holds them
  @Test
  void count_settings_areNoParameters() throws BadInputException {
    OperationCount count =
        new TinyModel()
            .opset(13)
            .input("x", 1, 1, 2, 2)
            .reals("scales", 1, 1, 2, 2)
            .weight("low")
            .node("Clip", "x low", "c")
            .node("Resize", "c - scales", "y")
            .output("y")
            .count(Map.of());

    assertThat(count.parameters()).isZero();
  }

  @Test
  void count_sparseTensorThatStoresTooMuch_isRefused() {
    TinyModel model = new TinyModel().input("x", 2, 1);
    model.graph().addSparseInitializer(sparse("w").toBuilder().clearDims().addDims(1).addDims(1));

    assertThatThrownBy(() -> model.node("MatMul", "x w", "y").output("y").count())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("3 stored elements in [1, 1]");
  }
}
