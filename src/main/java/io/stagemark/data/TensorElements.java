package io.stagemark.data;

import java.util.List;

/** Writes numbers into tensors of any element type. */
public final class TensorElements {
  private TensorElements() {}

  /**
   * Writes one element.
   *
   * @param index in row-major order
   * @param value rounded to the nearest value that the type holds; not 0 is true for {@code BOOL}
   * @throws IllegalArgumentException if an integer type does not hold the value
   */
  public static void put(Tensor tensor, int index, double value) {
    ElementType type = tensor.spec().type();
    if (!holds(type, value)) {
      throw new IllegalArgumentException("%s does not hold %s".formatted(type, value));
    }
    int at = index * type.bytes();
    switch (type) {
      case FLOAT32 -> tensor.bytes().putFloat(at, (float) value);
      case FLOAT64 -> tensor.bytes().putDouble(at, value);
      case FLOAT16 -> tensor.bytes().putShort(at, HalfFloat.of(value));
      case BFLOAT16 -> tensor.bytes().putShort(at, bfloat16(value));
      case INT8, UINT8 -> tensor.bytes().put(at, (byte) (long) value);
      case INT16, UINT16 -> tensor.bytes().putShort(at, (short) (long) value);
      case INT32 -> tensor.bytes().putInt(at, (int) value);
      case INT64 -> tensor.bytes().putLong(at, (long) value);
      case BOOL -> tensor.bytes().put(at, (byte) (value == 0 ? 0 : 1));
    }
  }

  /**
   * Writes every element.
   *
   * @param values of one example, taken again for each of a batch; one number is that of every
   *     element
   * @throws IllegalArgumentException if an integer type does not hold a value
   */
  public static void fill(Tensor tensor, List<Double> values) {
    int elements = Math.toIntExact(tensor.spec().elements());
    for (int i = 0; i < elements; i++) {
      put(tensor, i, values.get(i % values.size()));
    }
  }

  /** Returns whether a type holds a value: any finite number, or a whole one in its range. */
  public static boolean holds(ElementType type, double value) {
    return switch (type) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> Double.isFinite(value);
      case INT8 -> isWhole(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case UINT8 -> isWhole(value, 0, 255);
      case INT16 -> isWhole(value, Short.MIN_VALUE, Short.MAX_VALUE);
      case UINT16 -> isWhole(value, 0, 65_535);
      case INT32 -> isWhole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64 -> isWhole(value, -0x1p53, 0x1p53);
      case BOOL -> isWhole(value, 0, 1);
    };
  }

  private static boolean isWhole(double value, double lowest, double highest) {
    return value == Math.rint(value) && value >= lowest && value <= highest;
  }

  /** Returns the bits of the nearest bfloat16 of the float next to a finite value, ties to even. */
  public static short bfloat16(double value) {
    // a bfloat16 is the upper half of a float: half a unit is added before the rest is cut
    int bits = Float.floatToRawIntBits((float) value);
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }
}
