package io.stagemark.flops.onnx.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Arithmetic on extents; every product is checked for overflow. */
public final class Shapes {
  private Shapes() {}

  public static long product(List<Long> extents) {
    long product = 1;
    for (long extent : extents) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }

  /** Returns the product of the extents {@code from} (inclusive) to {@code to} (exclusive). */
  public static long product(List<Long> extents, int from, int to) {
    return product(extents.subList(from, to));
  }

  /** Returns {@code axis} in [0, rank), counting negative ones from the end. */
  public static int axis(long axis, int rank) {
    long index = axis < 0 ? axis + rank : axis;
    if (index < 0 || index >= rank) {
      throw new GraphFault(
          "",
          "axis " + axis,
          "an axis in [%d, %d]".formatted(-rank, rank - 1),
          "export the model again");
    }
    return (int) index;
  }

  /** Returns the shape that two broadcast to, as numpy does. */
  public static List<Long> broadcast(List<Long> left, List<Long> right) {
    int rank = Math.max(left.size(), right.size());
    List<Long> result = new ArrayList<>(Collections.nCopies(rank, 1L));
    for (int i = 1; i <= rank; i++) {
      long a = i <= left.size() ? left.get(left.size() - i) : 1;
      long b = i <= right.size() ? right.get(right.size() - i) : 1;
      if (a != b && a != 1 && b != 1) {
        throw new GraphFault(
            "",
            "shapes %s and %s".formatted(left, right),
            "shapes that broadcast",
            "check --input: does the model take inputs of that shape?");
      }
      result.set(rank - i, a == 1 ? b : a);
    }
    return result;
  }

  /** Returns the shape with one extent replaced. */
  public static List<Long> with(List<Long> shape, int axis, long extent) {
    List<Long> result = new ArrayList<>(shape);
    result.set(axis, extent);
    return result;
  }

  /**
   * Returns extents that a tensor holds.
   *
   * @throws GraphFault if one is negative
   */
  public static List<Long> of(long[] extents) {
    List<Long> result = new ArrayList<>(extents.length);
    for (long extent : extents) {
      if (extent < 0) {
        throw new GraphFault("", "a negative extent " + extent, "an extent", "check --input");
      }
      result.add(extent);
    }
    return result;
  }

  /** Returns the extents followed by others. */
  public static List<Long> concat(List<Long> first, List<Long> second) {
    List<Long> result = new ArrayList<>(first);
    result.addAll(second);
    return result;
  }

  /** Returns ⌈a / b⌉ for b &gt; 0. */
  public static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }

  public static long add(long... terms) {
    long sum = 0;
    for (long term : terms) {
      sum = Math.addExact(sum, term);
    }
    return sum;
  }

  public static long multiply(long... factors) {
    long product = 1;
    for (long factor : factors) {
      product = Math.multiplyExact(product, factor);
    }
    return product;
  }
}
