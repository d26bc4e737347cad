package io.stagemark.flops.onnx.profiled;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedOutputStream;
import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.engine.EngineException;
import io.stagemark.engine.NodeExecution;
import io.stagemark.engine.NodeProfiler;
import io.stagemark.flops.ModelInput;
import io.stagemark.flops.ProfilingEngines;
import io.stagemark.flops.onnx.file.OnnxFile;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.GraphInputs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a model under an engine's profiler, on inputs filled with one number each. */
public final class ProfiledRun {
  /** More input than this is a mistyped shape or a malformed file. */
  private static final long MAX_INPUT_BYTES = 1L << 30;

  private static final Map<OnnxType, ElementType> ELEMENTS =
      Map.ofEntries(
          Map.entry(OnnxType.FLOAT, ElementType.FLOAT32),
          Map.entry(OnnxType.DOUBLE, ElementType.FLOAT64),
          Map.entry(OnnxType.FLOAT16, ElementType.FLOAT16),
          Map.entry(OnnxType.BFLOAT16, ElementType.BFLOAT16),
          Map.entry(OnnxType.INT8, ElementType.INT8),
          Map.entry(OnnxType.UINT8, ElementType.UINT8),
          Map.entry(OnnxType.INT16, ElementType.INT16),
          Map.entry(OnnxType.INT32, ElementType.INT32),
          Map.entry(OnnxType.INT64, ElementType.INT64),
          Map.entry(OnnxType.BOOL, ElementType.BOOL));

  private ProfiledRun() {}

  /**
   * Runs a model whose nodes have unique names.
   *
   * @throws EngineException if the runtime cannot start or refuses the model
   */
  public static List<NodeExecution> of(
      OnnxFile file,
      ModelProto model,
      Map<String, ModelInput> given,
      NodeProfiler.Settings settings)
      throws EngineException {
    List<Tensor> inputs = new ArrayList<>();
    for (Map.Entry<String, Value> input : GraphInputs.of(model.getGraph(), given).entrySet()) {
      ModelInput asked = given.get(input.getKey());
      inputs.add(tensor(input.getKey(), input.getValue(), asked == null ? 0 : asked.fill()));
    }
    return ProfilingEngines.nodeProfiler()
        .profile(new NodeProfiler.Request(serialized(model), file.path(), inputs, settings));
  }

  private static ByteBuffer serialized(ModelProto model) throws EngineException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(model.getSerializedSize());
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      model.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new EngineException("the model cannot be serialised: " + e.getMessage(), e);
    }
    return bytes.flip();
  }

  private static Tensor tensor(String name, Value value, double fill) throws EngineException {
    ElementType type = ELEMENTS.get(value.type());
    if (type == null || !value.isKnown() || value.bytes() > MAX_INPUT_BYTES) {
      throw new EngineException(
          "input '%s' of %s cannot be made for a profiled run: a dense tensor of numbers of at most"
                  .formatted(name, value)
              + " %d MiB can".formatted(MAX_INPUT_BYTES >> 20));
    }
    Tensor tensor = Tensor.allocate(new TensorSpec(name, type, value.shape()));
    if (fill != 0) {
      for (int i = 0; i < tensor.spec().elements(); i++) {
        put(tensor, i, fill);
      }
    }
    return tensor;
  }

  private static void put(Tensor tensor, int index, double fill) throws EngineException {
    switch (tensor.spec().type()) {
      case FLOAT32 -> tensor.floats().put(index, (float) fill);
      case FLOAT64 -> tensor.bytes().putDouble(8 * index, fill);
      case INT32 -> tensor.ints().put(index, (int) fill);
      case INT64 -> tensor.longs().put(index, (long) fill);
      case INT8, UINT8, BOOL -> tensor.bytes().put(index, (byte) fill);
      case INT16 -> tensor.bytes().putShort(2 * index, (short) fill);
      default ->
          throw new EngineException("input %s can only be filled with 0".formatted(tensor.spec()));
    }
  }
}
