package io.stagemark.engine.onnxruntime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.EngineSession;
import io.stagemark.engine.ModelCheck;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Inputs and outputs that ONNX Runtime reads and writes in place.
 *
 * <p>Each input is direct memory wrapped once. Each output whose shape is known is <em>pinned</em>:
 * direct memory of ours that the runtime writes its result into, so that {@link #output} is the
 * same tensor for the session's life. An output with a data-dependent extent, or whose shape the
 * file declares wrongly, cannot be pinned: it is a {@link CopiedOutput}, copied inside {@link
 * #forward}.
 */
final class OnnxRuntimeSession implements EngineSession {
  private final ModelCheck check;
  private final OrtSession session;
  private final List<TensorSpec> inputSpecs;
  private final List<TensorSpec> outputSpecs;
  private final Tensor[] inputs;
  private final Tensor[] outputs;
  private final @Nullable CopiedOutput[] copied;

  // maps that the runtime walks on each run: made once, so that a forward makes as little garbage
  // as its API permits
  private final Map<String, OnnxTensor> inputValues = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
  private Set<String> unpinned = Set.of();
  private boolean ran;
  private boolean closed;

  private OnnxRuntimeSession(
      ModelCheck check, OrtSession session, List<TensorSpec> inputs, List<TensorSpec> outputs) {
    this.check = check;
    this.session = session;
    this.inputSpecs = inputs;
    this.outputSpecs = outputs;
    this.inputs = new Tensor[inputs.size()];
    this.outputs = new Tensor[outputs.size()];
    this.copied = new CopiedOutput[outputs.size()];
  }

  /**
   * Opens a session.
   *
   * @param misdeclared outputs whose shape the file has otherwise: the runtime refuses memory of
   *     another shape than the file's
   */
  static OnnxRuntimeSession open(
      ModelCheck check,
      OrtSession session,
      OrtEnvironment environment,
      List<TensorSpec> inputs,
      List<TensorSpec> outputs,
      Set<String> misdeclared)
      throws EngineException, OrtException {
    OnnxRuntimeSession opened = new OnnxRuntimeSession(check, session, inputs, outputs);
    try {
      opened.allocate(environment, misdeclared);
      return opened;
    } catch (EngineException | OrtException e) {
      opened.close();
      throw e;
    }
  }

  private void allocate(OrtEnvironment environment, Set<String> misdeclared)
      throws EngineException, OrtException {
    for (int i = 0; i < inputs.length; i++) {
      TensorSpec spec = inputSpecs.get(i);
      inputs[i] = check.input(spec);
      inputValues.put(spec.name(), wrap(environment, inputs[i]));
    }
    Set<String> free = new LinkedHashSet<>();
    for (int i = 0; i < outputs.length; i++) {
      TensorSpec spec = outputSpecs.get(i);
      if (spec.isStatic() && !misdeclared.contains(spec.name())) {
        outputs[i] = check.allocate(spec);
        pinned.put(spec.name(), wrap(environment, outputs[i]));
      } else {
        copied[i] = new CopiedOutput(check, spec);
        free.add(spec.name());
      }
    }
    if (!free.isEmpty()) {
      unpinned = free;
    }
  }

  static OnnxTensor wrap(OrtEnvironment environment, Tensor tensor) throws OrtException {
    TensorSpec spec = tensor.spec();
    // the model declares this very type, which OnnxTypes read
    OnnxJavaType type = OnnxTypes.toOnnx(spec.type()).orElseThrow();
    long[] shape = spec.shape().stream().mapToLong(Long::longValue).toArray();
    return OnnxTensor.createTensor(environment, tensor.bytes(), shape, type);
  }

  @Override
  public List<TensorSpec> inputs() {
    return inputSpecs;
  }

  @Override
  public List<TensorSpec> outputs() {
    return outputSpecs;
  }

  @Override
  public Tensor input(int index) {
    return inputs[index];
  }

  @Override
  public void forward() throws EngineException {
    if (closed) {
      throw new IllegalStateException("the session is closed");
    }
    ran = false;
    try (Result result = session.run(inputValues, unpinned, pinned)) {
      if (!unpinned.isEmpty()) {
        takeUnpinned(result);
      }
    } catch (OrtException e) {
      throw OutputShapes.failure(check, e, inputSpecs, outputSpecs);
    }
    ran = true;
  }

  private void takeUnpinned(Result result) throws EngineException {
    // the runtime lists the pinned outputs first, then the others in the order asked for
    int next = pinned.size();
    for (int i = 0; i < outputs.length; i++) {
      CopiedOutput output = copied[i];
      if (output != null) {
        outputs[i] = output.take((OnnxTensor) result.get(next++));
      }
    }
  }

  @Override
  public Tensor output(int index) {
    if (!ran) {
      throw new IllegalStateException(
          "output(%d) before a forward that succeeded".formatted(index));
    }
    return outputs[index];
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ran = false;
      inputValues.values().forEach(OnnxTensor::close);
      pinned.values().forEach(OnnxTensor::close);
    }
  }
}
