package io.stagemark.inspect;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.stagemark.flops.onnx.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes small ONNX files that have the inputs, outputs, last operators and metadata of a real
 * model and no weights: each output is a constant of its shape, behind the operator that ends it.
 */
public final class SignatureModel {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("signature");
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private int constants;

  /** Adds a float input; a number is an extent, anything else the name of an open axis. */
  public SignatureModel input(String name, String... axes) {
    return input(name, TensorProto.DataType.FLOAT, axes);
  }

  public SignatureModel input(String name, TensorProto.DataType type, String... axes) {
    graph.addInput(value(name, type, axes));
    return this;
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, String... axes) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
    TensorShapeProto.Builder shape = tensor.getShapeBuilder();
    for (String axis : axes) {
      if (axis.matches("\\d+")) {
        shape.addDimBuilder().setDimValue(Long.parseLong(axis));
      } else {
        shape.addDimBuilder().setDimParam(axis);
      }
    }
    return value.build();
  }

  /** Adds an output that no computation ends. */
  public SignatureModel output(String name, long... shape) {
    return ending("Identity", name, shape);
  }

  /** Adds an output that always holds the same rows: [1, rows, columns]. */
  public SignatureModel rows(String name, float[]... rows) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name + "-rows")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(1)
            .addDims(rows.length)
            .addDims(rows[0].length);
    for (float[] row : rows) {
      for (float value : row) {
        tensor.addFloatData(value);
      }
    }
    graph.addInitializer(tensor);
    graph.addNode(TinyModel.proto("Identity", name + "-rows", name));
    graph.addOutput(
        value(
            name,
            TensorProto.DataType.FLOAT,
            "1",
            String.valueOf(rows.length),
            String.valueOf(rows[0].length)));
    return this;
  }

  /** Adds an output that always holds the same numbers; its first extent is declared open. */
  public SignatureModel numbers(
      String name, TensorProto.DataType type, long[] shape, double... numbers) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name + "-numbers").setDataType(type.getNumber());
    for (long extent : shape) {
      tensor.addDims(extent);
    }
    for (double number : numbers) {
      if (type == TensorProto.DataType.INT64) {
        tensor.addInt64Data((long) number);
      } else {
        tensor.addFloatData((float) number);
      }
    }
    graph.addInitializer(tensor);
    graph.addNode(TinyModel.proto("Identity", name + "-numbers", name));
    String[] axes = new String[shape.length];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = axis == 0 ? "found" : String.valueOf(shape[axis]);
    }
    graph.addOutput(value(name, type, axes));
    return this;
  }

  /** Adds an output of integers. */
  public SignatureModel integers(String name, long... shape) {
    String constant = constant(shape);
    graph.addNode(
        TinyModel.proto(
            "Cast", constant, name, TinyModel.attribute("to", TensorProto.DataType.INT64_VALUE)));
    graph.addOutput(value(name, TensorProto.DataType.INT64));
    graph
        .getOutputBuilder(graph.getOutputCount() - 1)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .clearShape();
    return this;
  }

  /** Adds an output that an operator of one input ends. */
  public SignatureModel ending(String operator, String name, long... shape) {
    graph.addNode(TinyModel.proto(operator, constant(shape), name));
    graph.addOutputBuilder().setName(name);
    return this;
  }

  /** Adds an output that joins parts on an axis; each part is such as {@code Sigmoid 80}. */
  public SignatureModel joining(String name, int axis, long[] shape, String... parts) {
    StringBuilder inputs = new StringBuilder();
    for (String part : parts) {
      String[] words = part.split(" ", -1);
      long[] extents = shape.clone();
      extents[axis] = Long.parseLong(words[1]);
      String made = "part" + constants;
      graph.addNode(TinyModel.proto(words[0], constant(extents), made));
      inputs.append(made).append(' ');
    }
    graph.addNode(
        TinyModel.proto("Concat", inputs.toString(), name, TinyModel.attribute("axis", axis)));
    graph.addOutputBuilder().setName(name);
    return this;
  }

  /** Converts a value to float32. */
  public SignatureModel cast(String from, String to) {
    graph.addNode(
        TinyModel.proto(
            "Cast", from, to, TinyModel.attribute("to", TensorProto.DataType.FLOAT_VALUE)));
    return this;
  }

  /** Chooses rows of a table by an input. */
  public SignatureModel table(String ids, long rows, long width) {
    String table = constant(rows, width);
    graph.addNode(TinyModel.proto("Gather", table + " " + ids, "rows" + constants));
    return this;
  }

  /** Applies an operator to a value and a constant. */
  public SignatureModel step(String operator, String from, double constant, String to) {
    String name = "number" + constants++;
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addFloatData((float) constant));
    graph.addNode(TinyModel.proto(operator, from + " " + name, to));
    return this;
  }

  public SignatureModel metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  private String constant(long... shape) {
    String name = "shape" + constants;
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(shape.length);
    for (long extent : shape) {
      tensor.addInt64Data(extent);
    }
    graph.addInitializer(tensor);
    String value = "constant" + constants++;
    graph.addNode(TinyModel.proto("ConstantOfShape", name, value));
    return value;
  }

  public byte[] bytes() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.setProducerName("hand").setProducerVersion("1");
    model.addOpsetImportBuilder().setVersion(17);
    metadata.forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
    return model.build().toByteArray();
  }

  public Path write(Path folder) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes());
  }
}
