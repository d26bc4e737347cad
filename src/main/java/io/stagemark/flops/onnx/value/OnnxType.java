package io.stagemark.flops.onnx.value;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Element types by the codes of onnx.proto's {@code TensorProto.DataType}. */
public enum OnnxType {
  UNDEFINED(0, 0, Kind.OTHER),
  FLOAT(1, 32, Kind.FLOAT),
  UINT8(2, 8, Kind.INTEGER),
  INT8(3, 8, Kind.INTEGER),
  UINT16(4, 16, Kind.INTEGER),
  INT16(5, 16, Kind.INTEGER),
  INT32(6, 32, Kind.INTEGER),
  INT64(7, 64, Kind.INTEGER),
  STRING(8, 0, Kind.OTHER),
  BOOL(9, 8, Kind.BOOLEAN),
  FLOAT16(10, 16, Kind.FLOAT),
  DOUBLE(11, 64, Kind.FLOAT),
  UINT32(12, 32, Kind.INTEGER),
  UINT64(13, 64, Kind.INTEGER),
  COMPLEX64(14, 64, Kind.FLOAT),
  COMPLEX128(15, 128, Kind.FLOAT),
  BFLOAT16(16, 16, Kind.FLOAT),
  FLOAT8E4M3FN(17, 8, Kind.FLOAT),
  FLOAT8E4M3FNUZ(18, 8, Kind.FLOAT),
  FLOAT8E5M2(19, 8, Kind.FLOAT),
  FLOAT8E5M2FNUZ(20, 8, Kind.FLOAT),
  UINT4(21, 4, Kind.INTEGER),
  INT4(22, 4, Kind.INTEGER),
  FLOAT4E2M1(23, 4, Kind.FLOAT),
  FLOAT8E8M0(24, 8, Kind.FLOAT),
  UINT2(25, 2, Kind.INTEGER),
  INT2(26, 2, Kind.INTEGER);

  /** What arithmetic on the type counts as. */
  private enum Kind {
    FLOAT,
    INTEGER,
    BOOLEAN,
    OTHER
  }

  private static final Map<Integer, OnnxType> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(type -> type.code, Function.identity()));

  private final int code;
  private final int bits;
  private final Kind kind;

  OnnxType(int code, int bits, Kind kind) {
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
    return kind == Kind.FLOAT;
  }

  public boolean isInteger() {
    return kind == Kind.INTEGER;
  }

  /** Returns whether arithmetic on it belongs in the integer column. */
  public boolean isIntegral() {
    return kind == Kind.INTEGER || kind == Kind.BOOLEAN;
  }

  /** Returns the packed size of so many elements, in bytes. */
  public long bytes(long elements) {
    return Math.addExact(Math.multiplyExact(elements, bits), 7) / 8;
  }
}
