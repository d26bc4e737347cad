package io.stagemark.flops.onnx.value;

import org.jspecify.annotations.Nullable;

/**
 * The elements of a small constant tensor, row-major: what shapes are computed from.
 *
 * <p>Integers stay longs, so that ONNX's "to the end" markers near 2^63 survive.
 */
public final class Numbers {
  /** Larger tensors are weights, not shapes: their elements are never held. */
  public static final long LIMIT = 65_536;

  private final long @Nullable [] integers;
  private final double @Nullable [] reals;

  private Numbers(long @Nullable [] integers, double @Nullable [] reals) {
    this.integers = integers;
    this.reals = reals;
  }

  public static Numbers of(long... integers) {
    return new Numbers(integers, null);
  }

  public static Numbers of(double... reals) {
    return new Numbers(null, reals);
  }

  /** Returns {@code count} zeros of the same kind, to be filled by {@link #set}. */
  public static Numbers allocate(boolean integral, int count) {
    return integral ? of(new long[count]) : of(new double[count]);
  }

  public boolean integral() {
    return integers != null;
  }

  public int count() {
    return integers != null ? integers.length : reals().length;
  }

  public long integer(int index) {
    return integers != null ? integers[index] : (long) reals()[index];
  }

  public double real(int index) {
    return integers != null ? integers[index] : reals()[index];
  }

  /** Copies an element of another tensor here. */
  public void set(int index, Numbers from, int fromIndex) {
    if (integers != null) {
      integers[index] = from.integer(fromIndex);
    } else {
      reals()[index] = from.real(fromIndex);
    }
  }

  private double[] reals() {
    if (reals == null) {
      throw new IllegalStateException("integers were asked for their reals");
    }
    return reals;
  }
}
