package io.stagemark.flops.onnx.value;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads little-endian elements of any ONNX type. */
public final class Decoder {
  private Decoder() {}

  /** Returns the elements as numbers; null for types that no shape is computed from. */
  public static @Nullable Numbers numbers(ByteBuffer data, OnnxType type, long elements) {
    if (elements > Numbers.LIMIT || type.bits() < 8) {
      return null;
    }
    int count = (int) elements;
    if (type.isIntegral()) {
      long[] integers = new long[count];
      for (int i = 0; i < count; i++) {
        integers[i] = integer(data, type, i);
      }
      return Numbers.of(integers);
    }
    double[] reals = new double[count];
    for (int i = 0; i < count; i++) {
      switch (type) {
        case FLOAT -> reals[i] = data.getFloat(4 * i);
        case DOUBLE -> reals[i] = data.getDouble(8 * i);
        case FLOAT16 -> reals[i] = half(data.getShort(2 * i));
        case BFLOAT16 -> reals[i] = Float.intBitsToFloat(data.getShort(2 * i) << 16);
        default -> {
          return null;
        }
      }
    }
    return Numbers.of(reals);
  }

  private static long integer(ByteBuffer data, OnnxType type, int i) {
    return switch (type) {
      case INT64, UINT64 -> data.getLong(8 * i);
      case INT32 -> data.getInt(4 * i);
      case UINT32 -> data.getInt(4 * i) & 0xFFFF_FFFFL;
      case INT16 -> data.getShort(2 * i);
      case UINT16 -> data.getShort(2 * i) & 0xFFFF;
      case INT8 -> data.get(i);
      default -> data.get(i) & 0xFF; // UINT8, BOOL
    };
  }

  /** Returns the value of an IEEE 754 binary16. */
  static double half(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    double magnitude =
        exponent == 0
            ? Math.scalb((double) fraction, -24)
            : exponent == 0x1F
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : Math.scalb((double) (fraction | 0x400), exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }

  /** Returns how many elements are zero, of either sign. */
  static long zeros(ByteBuffer data, OnnxType type, long elements) {
    return switch (type.bits()) {
      case 4 -> packedZeros(data, elements, 4);
      case 2 -> packedZeros(data, elements, 2);
      case 8 -> zeros8(data, type);
      case 16 -> zeros16(data, type);
      case 32 -> zeros32(data, type);
      case 64 -> zeros64(data, type);
      default -> 0;
    };
  }

  private static long packedZeros(ByteBuffer data, long elements, int bits) {
    int perByte = 8 / bits;
    int mask = (1 << bits) - 1;
    long zeros = 0;
    for (long i = 0; i < elements; i++) {
      int shift = (int) (i % perByte) * bits;
      zeros += ((data.get((int) (i / perByte)) >> shift) & mask) == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static long zeros8(ByteBuffer data, OnnxType type) {
    int mask = type.isFloat() && type != OnnxType.FLOAT8E8M0 ? 0x7F : 0xFF;
    long zeros = 0;
    for (int i = 0; i < data.limit(); i++) {
      zeros += (data.get(i) & mask) == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static long zeros16(ByteBuffer data, OnnxType type) {
    int mask = type.isFloat() ? 0x7FFF : 0xFFFF;
    long zeros = 0;
    for (int i = 0; i < data.limit(); i += 2) {
      zeros += (data.getShort(i) & mask) == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static long zeros32(ByteBuffer data, OnnxType type) {
    int mask = type.isFloat() ? 0x7FFF_FFFF : -1;
    long zeros = 0;
    for (int i = 0; i < data.limit(); i += 4) {
      zeros += (data.getInt(i) & mask) == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static long zeros64(ByteBuffer data, OnnxType type) {
    if (type == OnnxType.COMPLEX64) {
      return 0;
    }
    long mask = type.isFloat() ? Long.MAX_VALUE : -1;
    long zeros = 0;
    for (int i = 0; i < data.limit(); i += 8) {
      zeros += (data.getLong(i) & mask) == 0 ? 1 : 0;
    }
    return zeros;
  }
}
