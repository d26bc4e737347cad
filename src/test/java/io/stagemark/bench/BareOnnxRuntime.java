package io.stagemark.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.ModelFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The least that a Java program must do to run an ONNX model of float32 tensors: one session,
 * direct buffers, pinned outputs, {@code run}. None of this project's main code takes part.
 */
final class BareOnnxRuntime implements AutoCloseable {
  private final SessionOptions options = new SessionOptions();
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
  private final Set<String> unpinned = Set.of();
  final FloatBuffer input;

  BareOnnxRuntime(ModelFile model, int threads) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    session = environment.createSession(model.path().orElseThrow().toString(), options);
    for (TensorSpec spec : model.outputs()) {
      outputs.put(spec.name(), tensor(environment, spec, buffer(spec)));
    }
    FloatBuffer first = null;
    for (TensorSpec spec : model.inputs()) {
      FloatBuffer buffer = buffer(spec);
      first = first == null ? buffer : first;
      inputs.put(spec.name(), tensor(environment, spec, buffer));
    }
    input = first;
  }

  private static FloatBuffer buffer(TensorSpec spec) {
    return ByteBuffer.allocateDirect((int) spec.byteSize())
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static OnnxTensor tensor(OrtEnvironment environment, TensorSpec spec, FloatBuffer buffer)
      throws OrtException {
    long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
    return OnnxTensor.createTensor(environment, buffer, shape);
  }

  void forward() throws OrtException {
    session.run(inputs, unpinned, outputs).close();
  }

  @Override
  public void close() throws OrtException {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    session.close();
    options.close();
  }
}
