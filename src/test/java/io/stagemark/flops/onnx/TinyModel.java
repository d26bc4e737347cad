package io.stagemark.flops.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.stagemark.data.BadInputException;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.OperationCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Builds small ONNX models, node by node. */
public final class TinyModel {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private long opset = 17;

  /** The operands of a convolution: x [N, 3, 8, 8], w [4, 3, 3, 3] and b [4]. */
  public static TinyModel convolved(long batch) {
    return new TinyModel().input("x", batch, 3, 8, 8).weight("w", 4, 3, 3, 3).weight("b", 4);
  }

  public TinyModel opset(long version) {
    opset = version;
    return this;
  }

  public TinyModel input(String name, long... shape) {
    return input(name, TensorProto.DataType.FLOAT, shape);
  }

  public TinyModel input(String name, TensorProto.DataType type, long... shape) {
    graph.addInput(value(name, type, shape));
    return this;
  }

  public static ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
    tensor.getShapeBuilder();
    for (long extent : shape) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(extent);
    }
    return value.build();
  }

  /** A float initializer of ones. */
  public TinyModel weight(String name, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    long count = 1;
    for (long extent : shape) {
      tensor.addDims(extent);
      count *= extent;
    }
    for (long i = 0; i < count; i++) {
      tensor.addFloatData(1);
    }
    graph.addInitializer(tensor);
    return this;
  }

  /** A raw initializer of zeros in any type. */
  public TinyModel raw(String name, TensorProto.DataType type, int bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    Arrays.stream(shape).forEach(tensor::addDims);
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(new byte[bytes])));
    return this;
  }

  public TinyModel integers(String name, long... values) {
    graph.addInitializer(integerTensor(name, values).addDims(values.length));
    return this;
  }

  public TinyModel scalar(String name, long value) {
    graph.addInitializer(integerTensor(name, value));
    return this;
  }

  public TinyModel reals(String name, double... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    tensor.addDims(values.length);
    Arrays.stream(values).forEach(value -> tensor.addFloatData((float) value));
    graph.addInitializer(tensor);
    return this;
  }

  private static TensorProto.Builder integerTensor(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT64.getNumber());
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return tensor;
  }

  public TinyModel node(
      String operator, String inputs, String outputs, AttributeProto... attributes) {
    graph.addNode(proto(operator, inputs, outputs, attributes));
    return this;
  }

  /** A node; {@code domain.Operator} sets its domain, {@code -} leaves an input out. */
  public static NodeProto proto(
      String operator, String inputs, String outputs, AttributeProto... attributes) {
    int dot = operator.lastIndexOf('.');
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator.substring(dot + 1));
    if (dot > 0) {
      node.setDomain(operator.substring(0, dot));
    }
    names(inputs).forEach(name -> node.addInput(name.equals("-") ? "" : name));
    names(outputs).forEach(name -> node.addOutput(name.equals("-") ? "" : name));
    return node.addAllAttribute(List.of(attributes)).build();
  }

  private static List<String> names(String names) {
    return names.isBlank() ? List.of() : List.of(names.strip().split(" +"));
  }

  public static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (values.length == 1) {
      return attribute.setType(AttributeProto.AttributeType.INT).setI(values[0]).build();
    }
    return list(name, values);
  }

  public static AttributeProto list(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  public static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  public static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFrom(value, StandardCharsets.UTF_8))
        .build();
  }

  public static AttributeProto attribute(String name, GraphProto body) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(body)
        .build();
  }

  public TinyModel output(String name) {
    graph.addOutputBuilder().setName(name);
    return this;
  }

  GraphProto.Builder graph() {
    return graph;
  }

  public ModelProto.Builder model() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(opset);
    model.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);
    model.addOpsetImportBuilder().setDomain("ai.onnx.ml").setVersion(3);
    return model;
  }

  /** Counts the model as its file is counted. */
  public OperationCount count() throws BadInputException {
    return count(model().build().toByteArray());
  }

  /** Counts the model with given inputs. */
  public OperationCount count(Map<String, ModelInput> inputs) throws BadInputException {
    return count(model().build().toByteArray(), inputs, OnnxFlops.RUN_LIMIT.toSeconds());
  }

  public static OperationCount count(byte[] bytes) throws BadInputException {
    return count(bytes, OnnxFlops.RUN_LIMIT.toSeconds());
  }

  /** Counts a file; a run for shapes may take so many seconds. */
  public static OperationCount count(byte[] bytes, long runSeconds) throws BadInputException {
    return count(bytes, Map.of(), runSeconds);
  }

  private static OperationCount count(byte[] bytes, Map<String, ModelInput> inputs, long runSeconds)
      throws BadInputException {
    try {
      Path file = Files.createTempFile("tiny", ".onnx");
      try {
        Files.write(file, bytes);
        return OnnxFlops.countFilled(file, inputs, Duration.ofSeconds(runSeconds));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
