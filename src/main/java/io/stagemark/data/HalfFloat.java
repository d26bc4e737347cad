package io.stagemark.data;

/** IEEE 754 binary16, which Java 17 does not know. */
public final class HalfFloat {
  private static final double SMALLEST_NORMAL = 0x1p-14;
  private static final double SMALLEST = 0x1p-24;
  private static final int INFINITY = 0x7C00;

  private HalfFloat() {}

  /** Returns the bits of the nearest half, ties to even; beyond 65504 + half a step: infinity. */
  public static short of(double value) {
    int sign = (int) (Double.doubleToRawLongBits(value) >>> 48) & 0x8000;
    double magnitude = Math.abs(value);
    if (Double.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    if (magnitude < SMALLEST_NORMAL) {
      // rounding up to 1024 gives the bits of the smallest normal
      return (short) (sign | (int) Math.rint(magnitude / SMALLEST));
    }
    int exponent = Math.getExponent(magnitude);
    if (exponent > 15) {
      return (short) (sign | INFINITY);
    }
    int mantissa = (int) Math.rint(magnitude * Math.scalb(1024.0, -exponent));
    // 1024 is the hidden bit; 2048, after rounding up, carries into the exponent
    return (short) (sign | (((exponent + 14) << 10) + mantissa));
  }

  /** Returns the value of a half. */
  public static float toFloat(short bits) {
    int magnitude = bits & 0x7FFF;
    int sign = (bits & 0x8000) << 16;
    if (magnitude < 0x400) {
      // no product of subnormal floats, which some processors compute in a trap
      return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude * 0x1p-24f) | sign);
    }
    if (magnitude >= INFINITY) {
      return magnitude > INFINITY
          ? Float.NaN
          : Float.intBitsToFloat(Float.floatToRawIntBits(Float.POSITIVE_INFINITY) | sign);
    }
    return Float.intBitsToFloat(((magnitude << 13) + ((127 - 15) << 23)) | sign);
  }
}
