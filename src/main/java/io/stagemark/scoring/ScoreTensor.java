package io.stagemark.scoring;

import java.util.Arrays;
import java.util.List;

/**
 * A dense row-major array of numbers on the heap: what losses and metrics read and return. Numbers
 * are kept as float32 or float64 and read as double. Immutable as long as no code writes to the
 * array it was made from.
 */
public final class ScoreTensor {
  private final List<Integer> shape;
  private final int size;
  private final double[] doubles;
  private final float[] floats;
  private final boolean isFloat;

  private ScoreTensor(double[] doubles, float[] floats, boolean isFloat, int... shape) {
    this.shape = Arrays.stream(shape).boxed().toList();
    this.doubles = doubles;
    this.floats = floats;
    this.isFloat = isFloat;
    int length = isFloat ? floats.length : doubles.length;
    long elements = 1;
    for (int extent : shape) {
      if (extent < 0) {
        throw new IllegalArgumentException("negative extent in shape " + this.shape);
      }
      elements = Math.multiplyExact(elements, extent);
    }
    if (elements != length) {
      throw new IllegalArgumentException(
          "shape %s holds %d numbers, got %d".formatted(this.shape, elements, length));
    }
    this.size = length;
  }

  /**
   * Wraps doubles without copying.
   *
   * @param shape extents, outermost first; none for a single number
   * @throws IllegalArgumentException if the shape does not hold that many
   */
  public static ScoreTensor of(double[] values, int... shape) {
    return new ScoreTensor(values, new float[0], false, shape);
  }

  /** Wraps floats without copying; throws as the other one does. */
  public static ScoreTensor of(float[] values, int... shape) {
    return new ScoreTensor(new double[0], values, true, shape);
  }

  /** Returns a tensor of one axis. */
  public static ScoreTensor vector(double... values) {
    return of(values, values.length);
  }

  /** Wraps doubles without copying, in a shape such as {@link #shape} returns. */
  public static ScoreTensor of(double[] values, List<Integer> shape) {
    return of(values, shape.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Returns the extents, outermost first; empty for a single number. */
  public List<Integer> shape() {
    return shape;
  }

  /** Returns the number of numbers. */
  public int size() {
    return size;
  }

  /** Returns one number by its place in row-major order. */
  public double get(int index) {
    return isFloat ? floats[index] : doubles[index];
  }

  /** Returns a copy of all numbers, in row-major order. */
  public double[] toArray() {
    double[] copy = new double[size];
    for (int i = 0; i < size; i++) {
      copy[i] = get(i);
    }
    return copy;
  }

  /** Returns whether the numbers are kept as float32. */
  public boolean isFloat() {
    return isFloat;
  }

  /**
   * Returns the floats behind this tensor, not a copy: for loops that must not convert one by one.
   *
   * @throws IllegalStateException if it holds doubles
   */
  public float[] floats() {
    if (!isFloat) {
      throw new IllegalStateException(this + " holds no floats");
    }
    return floats;
  }

  /**
   * Returns the numbers repeated to a larger shape, as NumPy and PyTorch broadcast: axes are
   * aligned at the last, and an extent of 1 repeats.
   *
   * @param name what this tensor is, for the message
   * @throws IllegalArgumentException if an extent is neither 1 nor that of {@code target}
   */
  public double[] broadcast(List<Integer> target, String name) {
    int missing = target.size() - shape.size();
    int total = 1;
    int[] stride = new int[target.size()];
    for (int axis = target.size() - 1, step = 1; axis >= 0; axis--) {
      int extent = axis < missing ? 1 : shape.get(axis - missing);
      if (missing < 0 || (extent != 1 && extent != target.get(axis))) {
        throw new IllegalArgumentException(
            "%s of shape %s does not broadcast to %s".formatted(name, shape, target));
      }
      stride[axis] = extent == 1 ? 0 : step;
      step *= extent;
      total *= target.get(axis);
    }
    if (missing < 0) {
      throw new IllegalArgumentException(
          "%s of shape %s does not broadcast to %s".formatted(name, shape, target));
    }
    double[] repeated = new double[total];
    for (int i = 0; i < total; i++) {
      int source = 0;
      int rest = i;
      for (int axis = target.size() - 1; axis >= 0; axis--) {
        source += rest % target.get(axis) * stride[axis];
        rest /= target.get(axis);
      }
      repeated[i] = get(source);
    }
    return repeated;
  }

  /** Returns the index of a number, for a message: {@code [1, 0, 7]}. */
  public String place(int index) {
    int[] place = new int[shape.size()];
    int rest = index;
    for (int axis = place.length - 1; axis >= 0; axis--) {
      place[axis] = rest % shape.get(axis);
      rest /= shape.get(axis);
    }
    return Arrays.toString(place);
  }

  @Override
  public String toString() {
    return (isFloat ? "float32" : "float64") + shape;
  }
}
