package io.stagemark.engine.onnxruntime;

import static java.util.stream.Collectors.joining;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import io.stagemark.data.ElementType;
import io.stagemark.data.TensorSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** ONNX Runtime's element types and tensor declarations in this project's words. */
final class OnnxTypes {
  /** What both sides have. The Java API has no unsigned 16-bit tensors. */
  private static final Map<ElementType, OnnxJavaType> TO_ONNX =
      Map.of(
          ElementType.FLOAT32, OnnxJavaType.FLOAT,
          ElementType.FLOAT64, OnnxJavaType.DOUBLE,
          ElementType.FLOAT16, OnnxJavaType.FLOAT16,
          ElementType.BFLOAT16, OnnxJavaType.BFLOAT16,
          ElementType.INT8, OnnxJavaType.INT8,
          ElementType.UINT8, OnnxJavaType.UINT8,
          ElementType.INT16, OnnxJavaType.INT16,
          ElementType.INT32, OnnxJavaType.INT32,
          ElementType.INT64, OnnxJavaType.INT64,
          ElementType.BOOL, OnnxJavaType.BOOL);

  private OnnxTypes() {}

  /** Returns the names of the types that a tensor may have, for messages. */
  static String names() {
    return Arrays.stream(ElementType.values())
        .filter(TO_ONNX::containsKey)
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .collect(joining(", "));
  }

  /** Returns the runtime's type; empty if its Java API has none. */
  static Optional<OnnxJavaType> toOnnx(ElementType type) {
    return Optional.ofNullable(TO_ONNX.get(type));
  }

  /**
   * Returns what the model declares of an input or output; empty if it is no dense tensor of a type
   * that a {@link io.stagemark.data.Tensor} can hold.
   */
  static Optional<TensorSpec> declared(NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo info)) {
      return Optional.empty();
    }
    return element(info.onnxType)
        .map(
            type ->
                new TensorSpec(
                    node.getName(), type, Arrays.stream(info.getShape()).boxed().toList()));
  }

  /** Returns what the runtime says is wrong, on one line, without its error code's name. */
  static String reason(OrtException thrown) {
    return String.valueOf(thrown.getMessage())
        .replaceFirst("^Error code - \\w+ - message: ", "")
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static Optional<ElementType> element(OnnxTensorType onnxType) {
    String name = onnxType.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", "");
    String ours =
        switch (name) {
          case "FLOAT" -> "FLOAT32";
          case "DOUBLE" -> "FLOAT64";
          default -> name.toUpperCase(Locale.ROOT);
        };
    return TO_ONNX.keySet().stream().filter(type -> type.name().equals(ours)).findFirst();
  }
}
