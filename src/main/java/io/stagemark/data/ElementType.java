package io.stagemark.data;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The element types of a {@link Tensor}, named as in ONNX in lower case. */
public enum ElementType {
  FLOAT32(4),
  FLOAT64(8),
  FLOAT16(2),
  BFLOAT16(2),
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  INT64(8),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the type of a name such as {@code float32}; empty if there is none. */
  public static Optional<ElementType> of(String text) {
    return Stream.of(values()).filter(type -> type.text().equals(text)).findFirst();
  }

  /** Returns such as {@code float32}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the elements are floating-point numbers, which may be NaN or infinite. */
  public boolean isFloating() {
    return switch (this) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> true;
      case INT8, UINT8, INT16, UINT16, INT32, INT64, BOOL -> false;
    };
  }

  /** Returns the size of one element, in bytes. */
  public int bytes() {
    return bytes;
  }
}
