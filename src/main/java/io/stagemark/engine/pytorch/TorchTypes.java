package io.stagemark.engine.pytorch;

import static java.util.stream.Collectors.toUnmodifiableMap;

import ai.djl.ndarray.types.DataType;
import io.stagemark.data.ElementType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DJL's element types in this project's words. */
final class TorchTypes {
  /** Types whose arrays DJL's JNI can make; bfloat16 is not among them: it ends the JVM. */
  private static final Map<ElementType, DataType> TO_DJL =
      Map.of(
          ElementType.FLOAT32, DataType.FLOAT32,
          ElementType.FLOAT64, DataType.FLOAT64,
          ElementType.FLOAT16, DataType.FLOAT16,
          ElementType.INT8, DataType.INT8,
          ElementType.UINT8, DataType.UINT8,
          ElementType.INT32, DataType.INT32,
          ElementType.INT64, DataType.INT64,
          ElementType.BOOL, DataType.BOOLEAN);

  private static final Map<DataType, ElementType> FROM_DJL =
      TO_DJL.entrySet().stream().collect(toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private TorchTypes() {}

  /** Returns DJL's type; empty if DJL cannot hold such an array. */
  static Optional<DataType> toDjl(ElementType type) {
    return Optional.ofNullable(TO_DJL.get(type));
  }

  /** Returns this project's type; null if it has none. */
  static @Nullable ElementType fromDjl(DataType type) {
    return FROM_DJL.get(type);
  }
}
