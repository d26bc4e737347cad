package io.stagemark.flops.roofline;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.stagemark.data.ElementType;
import io.stagemark.data.TemporaryFiles;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.MatrixProduct;
import io.stagemark.engine.ModelFile;
import io.stagemark.flops.ProfilingEngines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Matrix products by the engine that runs ONNX models: each a model of one node with constant
 * weights.
 */
final class OnnxProducts implements MatrixProduct.Source {
  private final ElementTypes arithmetic;
  private final int threads;

  private OnnxProducts(ElementTypes arithmetic, int threads) {
    this.arithmetic = arithmetic;
    this.threads = threads;
  }

  /**
   * What a product is made of.
   *
   * @param operator {@code MatMul}, or {@code MatMulInteger} of unsigned by signed bytes
   * @param x element type of the input
   * @param w element type of the weights
   * @param y element type of the output
   * @param one a weight's bytes, little-endian: 0.5, or 5
   */
  private record ElementTypes(
      String operator, ElementType x, DataType w, ElementType y, ByteString one) {}

  /**
   * Returns products of a type.
   *
   * @return empty if ONNX has no matrix product of that type
   */
  static Optional<MatrixProduct.Source> of(String type, int threads) {
    return Optional.ofNullable(
            switch (type) {
              case "float32" -> floats(ElementType.FLOAT32, DataType.FLOAT, 0, 0, 0, 0x3f);
              case "float64" ->
                  floats(ElementType.FLOAT64, DataType.DOUBLE, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f);
              case "float16" -> floats(ElementType.FLOAT16, DataType.FLOAT16, 0, 0x38);
              case "int8" ->
                  new ElementTypes(
                      "MatMulInteger",
                      ElementType.UINT8,
                      DataType.INT8,
                      ElementType.INT32,
                      ByteString.copyFrom(new byte[] {5}));
              default -> null;
            })
        .map(arithmetic -> new OnnxProducts(arithmetic, threads));
  }

  private static ElementTypes floats(ElementType type, DataType weights, int... one) {
    byte[] bytes = new byte[one.length];
    for (int i = 0; i < one.length; i++) {
      bytes[i] = (byte) one[i];
    }
    return new ElementTypes("MatMul", type, weights, type, ByteString.copyFrom(bytes));
  }

  @Override
  public MatrixProduct open(long m, long k, long n) throws EngineException {
    Path file = null;
    try {
      file = TemporaryFiles.file("stagemark-gemm", ".onnx");
      Files.write(file, model(m, k, n));
      TensorSpec x = new TensorSpec("x", arithmetic.x(), List.of(m, k));
      TensorSpec y = new TensorSpec("y", arithmetic.y(), List.of(m, n));
      Engine engine = ProfilingEngines.forNodes();
      LoadedModel loaded =
          engine.load(
              new ModelFile("gemm", Optional.of(file), List.of(x), List.of(y)),
              ProfilingEngines.onProcessor(engine, threads));
      return new LoadedProduct(loaded, session(loaded));
    } catch (IOException e) {
      throw new EngineException("no writable temporary folder: " + e.getMessage(), e);
    } finally {
      if (file != null) {
        file.toFile().delete();
      }
    }
  }

  private EngineSession session(LoadedModel loaded) throws EngineException {
    EngineSession session = loaded.newSession();
    ByteBuffer x = session.input(0).bytes();
    for (int i = 0; i < x.capacity(); i++) {
      x.put(
          i, arithmetic.one().byteAt(i % arithmetic.one().size())); // zeros could be a special case
    }
    return session;
  }

  private byte[] model(long m, long k, long n) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("gemm");
    graph.addInput(value("x", arithmetic.x(), m, k));
    graph.addOutput(value("y", arithmetic.y(), m, n));
    graph
        .addNodeBuilder()
        .setOpType(arithmetic.operator())
        .addInput("x")
        .addInput("w")
        .addOutput("y");
    byte[] weights = new byte[Math.toIntExact(arithmetic.one().size() * k * n)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = arithmetic.one().byteAt(i % arithmetic.one().size());
    }
    graph
        .addInitializerBuilder()
        .setName("w")
        .setDataType(arithmetic.w().getNumber())
        .addDims(k)
        .addDims(n)
        .setRawData(ByteString.copyFrom(weights));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(13);
    return model.build().toByteArray();
  }

  private static ValueInfoProto value(String name, ElementType type, long rows, long columns) {
    DataType code =
        switch (type) {
          case FLOAT16 -> DataType.FLOAT16;
          case FLOAT64 -> DataType.DOUBLE;
          case UINT8 -> DataType.UINT8;
          case INT32 -> DataType.INT32;
          default -> DataType.FLOAT;
        };
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(code.getNumber());
    List.of(rows, columns)
        .forEach(extent -> tensor.getShapeBuilder().addDimBuilder().setDimValue(extent));
    return value.build();
  }

  /** A product whose model is loaded. */
  private record LoadedProduct(LoadedModel model, EngineSession session) implements MatrixProduct {
    @Override
    public void multiply() throws EngineException {
      session.forward();
    }

    @Override
    public void close() {
      session.close();
      model.close();
    }
  }
}
