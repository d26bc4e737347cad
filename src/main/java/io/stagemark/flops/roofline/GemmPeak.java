package io.stagemark.flops.roofline;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.Device;
import io.stagemark.engine.Engine;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineOption;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.EngineSettings;
import io.stagemark.engine.LoadedModel;
import io.stagemark.engine.ModelFile;
import io.stagemark.engine.onnxruntime.OnnxRuntimeEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The best rate of float32 matrix products: many sizes, since one can mislead by 2.5 times, each a
 * model of one MatMul with constant weights, run by the engine that runs the model.
 */
final class GemmPeak {
  /** M, K, N: cubes, and the flat shapes that convolutions become. */
  private static final List<long[]> SIZES =
      List.of(
          new long[] {128, 128, 128},
          new long[] {256, 256, 256},
          new long[] {384, 384, 384},
          new long[] {512, 512, 512},
          new long[] {768, 768, 768},
          new long[] {1024, 1024, 1024},
          new long[] {1536, 1536, 1536},
          new long[] {3136, 64, 64},
          new long[] {3136, 576, 64},
          new long[] {784, 1152, 128},
          new long[] {196, 2304, 256},
          new long[] {64, 1024, 4096});

  private static final int SAMPLES = 9;

  /** A sample repeats a product for at least so long. */
  private static final long SAMPLE_NANOS = 8_000_000;

  private GemmPeak() {}

  /**
   * Returns the best size's rate, in FLOPs a second.
   *
   * @throws EngineException if the engine cannot start
   */
  static Rate measure(int threads) throws EngineException {
    Rate best = null;
    for (long[] size : SIZES) {
      Rate rate = measure(size[0], size[1], size[2], threads);
      best = best == null || rate.median() > best.median() ? rate : best;
    }
    if (best == null) {
      throw new IllegalStateException("no sizes");
    }
    return best;
  }

  private static Rate measure(long m, long k, long n, int threads) throws EngineException {
    Path file = temporary();
    try {
      Files.write(file, model(m, k, n));
      TensorSpec x = new TensorSpec("x", ElementType.FLOAT32, List.of(m, k));
      TensorSpec y = new TensorSpec("y", ElementType.FLOAT32, List.of(m, n));
      ModelFile model = new ModelFile("gemm", Optional.of(file), List.of(x), List.of(y));
      Engine engine = new OnnxRuntimeEngine();
      Map<String, String> options =
          engine.info().options().stream()
              .collect(Collectors.toMap(EngineOption::name, EngineOption::defaultValue));
      try (LoadedModel loaded =
              engine.load(model, new EngineSettings(Device.CPU, threads, options));
          EngineSession session = loaded.newSession()) {
        return Rate.of(rates(session, 2.0 * m * k * n), "%dx%dx%d".formatted(m, k, n));
      }
    } catch (IOException e) {
      throw new EngineException("no writable temporary folder: " + e.getMessage(), e);
    } finally {
      file.toFile().delete();
    }
  }

  private static Path temporary() throws EngineException {
    try {
      return Files.createTempFile("stagemark-gemm", ".onnx");
    } catch (IOException e) {
      throw new EngineException("no writable temporary folder: " + e.getMessage(), e);
    }
  }

  private static double[] rates(EngineSession session, double flops) throws EngineException {
    for (int i = 0; i < session.input(0).spec().elements(); i++) {
      session.input(0).floats().put(i, 1 + (i % 7) * 0.125f); // zeros could be a special case
    }
    session.forward();
    long begin = System.nanoTime();
    session.forward();
    long once = Math.max(1, System.nanoTime() - begin);
    long repeats = Math.max(1, SAMPLE_NANOS / once);
    double[] rates = new double[SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      begin = System.nanoTime();
      for (long i = 0; i < repeats; i++) {
        session.forward();
      }
      rates[s] = 1e9 * flops * repeats / (System.nanoTime() - begin);
    }
    return rates;
  }

  private static byte[] model(long m, long k, long n) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("gemm");
    graph.addInput(value("x", m, k)).addOutput(value("y", m, n));
    graph.addNodeBuilder().setOpType("MatMul").addInput("x").addInput("w").addOutput("y");
    ByteBuffer weights =
        ByteBuffer.allocate(Math.toIntExact(4 * k * n)).order(ByteOrder.LITTLE_ENDIAN);
    while (weights.hasRemaining()) {
      weights.putFloat(0.5f + (weights.position() % 5) * 0.0625f);
    }
    graph
        .addInitializerBuilder()
        .setName("w")
        .setDataType(TensorProto.DataType.FLOAT.getNumber())
        .addDims(k)
        .addDims(n)
        .setRawData(ByteString.copyFrom(weights.flip()));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(13);
    return model.build().toByteArray();
  }

  private static ValueInfoProto value(String name, long rows, long columns) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor =
        value
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber());
    List<Long> extents = new ArrayList<>(List.of(rows, columns));
    extents.forEach(extent -> tensor.getShapeBuilder().addDimBuilder().setDimValue(extent));
    return value.build();
  }
}
