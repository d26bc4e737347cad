package io.stagemark.flops.torchscript.value;

import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that depends on the data of a tensor. A tensor of unknown shape is {@link Value#UNKNOWN}.
 */
public enum Unknown {
  /** An int of unknown value. */
  INT,
  /** A float of unknown value. */
  FLOAT,
  /** A bool of unknown value. */
  BOOL,
  /** Not even the type is known: what a branch on data would have left in a variable. */
  ANYTHING;

  /** Returns a tensor without extents that has this number; unknown where it is no number. */
  Value tensor() {
    return switch (this) {
      case INT -> Value.of(OnnxType.INT64, List.of());
      case FLOAT -> Value.of(OnnxType.FLOAT, List.of());
      case BOOL -> Value.of(OnnxType.BOOL, List.of());
      case ANYTHING -> Value.UNKNOWN;
    };
  }

  /** Returns the number that a tensor of one element has without its value. */
  public static Unknown numberIn(Value tensor) {
    if (!tensor.isKnown()) {
      return ANYTHING;
    }
    return tensor.type() == OnnxType.BOOL ? BOOL : tensor.type().isFloat() ? FLOAT : INT;
  }

  /** Returns whether an operator that is given this cannot say what its result looks like. */
  public static boolean hides(@Nullable Object value) {
    return value == ANYTHING
        || (value instanceof Value tensor && !tensor.isKnown() && tensor != Value.ABSENT);
  }

  /** Returns whether the value, or an item of the list or tuple that it is, hides its shape. */
  public static boolean hidesAny(@Nullable Object value) {
    if (value instanceof ScriptTuple tuple) {
      return tuple.items().stream().anyMatch(Unknown::hides);
    }
    return value instanceof List<?> list
        ? !(list.size() > 0 && list.get(0) instanceof Long)
            && list.stream().anyMatch(Unknown::hides)
        : hides(value);
  }
}
