package io.stagemark.flops.torchscript.value;

import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.torchscript.script.ScriptFault;
import java.util.Map;

/** PyTorch's element types: the codes of c10's ScalarType and the names of storages. */
public final class DType {
  private static final Map<Long, OnnxType> BY_CODE =
      Map.ofEntries(
          Map.entry(0L, OnnxType.UINT8),
          Map.entry(1L, OnnxType.INT8),
          Map.entry(2L, OnnxType.INT16),
          Map.entry(3L, OnnxType.INT32),
          Map.entry(4L, OnnxType.INT64),
          Map.entry(5L, OnnxType.FLOAT16),
          Map.entry(6L, OnnxType.FLOAT),
          Map.entry(7L, OnnxType.DOUBLE),
          Map.entry(9L, OnnxType.COMPLEX64),
          Map.entry(10L, OnnxType.COMPLEX128),
          Map.entry(11L, OnnxType.BOOL),
          Map.entry(12L, OnnxType.INT8),
          Map.entry(13L, OnnxType.UINT8),
          Map.entry(14L, OnnxType.INT32),
          Map.entry(15L, OnnxType.BFLOAT16));

  private static final Map<String, OnnxType> BY_STORAGE =
      Map.ofEntries(
          Map.entry("ByteStorage", OnnxType.UINT8),
          Map.entry("CharStorage", OnnxType.INT8),
          Map.entry("ShortStorage", OnnxType.INT16),
          Map.entry("IntStorage", OnnxType.INT32),
          Map.entry("LongStorage", OnnxType.INT64),
          Map.entry("HalfStorage", OnnxType.FLOAT16),
          Map.entry("FloatStorage", OnnxType.FLOAT),
          Map.entry("DoubleStorage", OnnxType.DOUBLE),
          Map.entry("BoolStorage", OnnxType.BOOL),
          Map.entry("BFloat16Storage", OnnxType.BFLOAT16),
          Map.entry("QInt8Storage", OnnxType.INT8),
          Map.entry("QUInt8Storage", OnnxType.UINT8),
          Map.entry("QInt32Storage", OnnxType.INT32));

  private DType() {}

  public static OnnxType onnx(long code) {
    return BY_CODE.getOrDefault(code, OnnxType.FLOAT);
  }

  /** Returns ONNX's code of a type, which a Cast wants. */
  public static long code(OnnxType type) {
    return type.code();
  }

  /** Returns c10's code of a type. */
  public static long torch(OnnxType type) {
    return BY_CODE.entrySet().stream()
        .filter(entry -> entry.getValue() == type)
        .mapToLong(Map.Entry::getKey)
        .min()
        .orElse(6);
  }

  /** Returns the type of a storage's name, such as {@code torch.FloatStorage}. */
  public static OnnxType storage(String name) {
    OnnxType type = BY_STORAGE.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new ScriptFault("", "a tensor in a " + name);
    }
    return type;
  }
}
