package io.stagemark.flops.onnx.value;

import java.util.List;

/** From the row-major index of a result to the index in a source. */
public final class Strides {
  private final long[] extents;
  private final long[] strides;
  private final long offset;

  private Strides(long[] extents, long[] strides, long offset) {
    this.extents = extents;
    this.strides = strides;
    this.offset = offset;
  }

  /** A source that is broadcast to {@code result}. */
  public static Strides broadcast(List<Long> source, List<Long> result) {
    long[] strides = new long[result.size()];
    long step = 1;
    for (int i = 1; i <= source.size(); i++) {
      long extent = source.get(source.size() - i);
      strides[result.size() - i] = extent == 1 ? 0 : step;
      step *= extent;
    }
    return new Strides(array(result), strides, 0);
  }

  /** A source whose axis {@code order[i]} becomes axis i of {@code result}. */
  public static Strides permuted(List<Long> source, List<Integer> order, List<Long> result) {
    long[] own = rowMajor(source);
    long[] strides = new long[order.size()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = own[order.get(i)];
    }
    return new Strides(array(result), strides, 0);
  }

  /** A source of which every axis is taken from a start in steps. */
  public static Strides sliced(List<Long> source, SliceSpec slice) {
    long[] own = rowMajor(source);
    long offset = 0;
    for (int i = 0; i < own.length; i++) {
      offset += slice.starts().get(i) * own[i];
      own[i] *= slice.steps().get(i);
    }
    return new Strides(array(slice.shape()), own, offset);
  }

  private static long[] rowMajor(List<Long> shape) {
    long[] strides = new long[shape.size()];
    long step = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      strides[i] = step;
      step *= shape.get(i);
    }
    return strides;
  }

  private static long[] array(List<Long> shape) {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** Returns the source's index of the result's element {@code index}. */
  public int at(int index) {
    long rest = index;
    long source = offset;
    for (int i = extents.length - 1; i >= 0; i--) {
      source += rest % extents[i] * strides[i];
      rest /= extents[i];
    }
    return (int) source;
  }
}
