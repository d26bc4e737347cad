package io.stagemark.flops.onnx.value;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Element types by the codes of onnx.proto's {@code TensorProto.DataType}. */
public enum OnnxType {
  UNDEFINED(0, 0, ArithmeticClass.OTHER),
  FLOAT(1, 32, ArithmeticClass.FLOAT),
  UINT8(2, 8, ArithmeticClass.INTEGER),
  INT8(3, 8, ArithmeticClass.INTEGER),
  UINT16(4, 16, ArithmeticClass.INTEGER),
  INT16(5, 16, ArithmeticClass.INTEGER),
  INT32(6, 32, ArithmeticClass.INTEGER),
  INT64(7, 64, ArithmeticClass.INTEGER),
  STRING(8, 0, ArithmeticClass.OTHER),
  BOOL(9, 8, ArithmeticClass.BOOLEAN),
  FLOAT16(10, 16, ArithmeticClass.FLOAT),
  DOUBLE(11, 64, ArithmeticClass.FLOAT),
  UINT32(12, 32, ArithmeticClass.INTEGER),
  UINT64(13, 64, ArithmeticClass.INTEGER),
  COMPLEX64(14, 64, ArithmeticClass.FLOAT),
  COMPLEX128(15, 128, ArithmeticClass.FLOAT),
  BFLOAT16(16, 16, ArithmeticClass.FLOAT),
  FLOAT8E4M3FN(17, 8, ArithmeticClass.FLOAT),
  FLOAT8E4M3FNUZ(18, 8, ArithmeticClass.FLOAT),
  FLOAT8E5M2(19, 8, ArithmeticClass.FLOAT),
  FLOAT8E5M2FNUZ(20, 8, ArithmeticClass.FLOAT),
  UINT4(21, 4, ArithmeticClass.INTEGER),
  INT4(22, 4, ArithmeticClass.INTEGER),
  FLOAT4E2M1(23, 4, ArithmeticClass.FLOAT),
  FLOAT8E8M0(24, 8, ArithmeticClass.FLOAT),
  UINT2(25, 2, ArithmeticClass.INTEGER),
  INT2(26, 2, ArithmeticClass.INTEGER);

  /** What arithmetic on the type counts as. */
  private enum ArithmeticClass {
    FLOAT,
    INTEGER,
    BOOLEAN,
    OTHER
  }

  private static final Map<Integer, OnnxType> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(type -> type.code, Function.identity()));

  private final int code;
  private final int bits;
  private final ArithmeticClass kind;

  OnnxType(int code, int bits, ArithmeticClass kind) {
    this.code = code;
    this.bits = bits;
    this.kind = kind;
  }

  /** Returns the type of a code, {@link #UNDEFINED} for one that no opset up to 23 knows. */
  public static OnnxType of(int code) {
    return BY_CODE.getOrDefault(code, UNDEFINED);
  }

  /** Returns the code in onnx.proto. */
  public long code() {
    return code;
  }

  /** Returns such as {@code float32}, {@code int8}; empty for an undefined type. */
  public String text() {
    return switch (this) {
      case UNDEFINED -> "";
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }

  public int bits() {
    return bits;
  }

  public boolean isFloat() {
    return kind == ArithmeticClass.FLOAT;
  }

  public boolean isInteger() {
    return kind == ArithmeticClass.INTEGER;
  }

  /** Returns whether arithmetic on it belongs in the integer column. */
  public boolean isIntegral() {
    return kind == ArithmeticClass.INTEGER || kind == ArithmeticClass.BOOLEAN;
  }

  /** Returns the packed size of so many elements, in bytes. */
  public long bytes(long elements) {
    return Math.addExact(Math.multiplyExact(elements, bits), 7) / 8;
  }
}
