package io.stagemark.flops.torchscript.value;

import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Elements of small tensors that a script computes sizes with. */
public final class Known {
  /** Larger tensors are data, not sizes. */
  public static final long MAX_ELEMENTS = 65_536;

  private Known() {}

  /**
   * Returns row {@code index} along {@code at}; with its elements where those of x are known.
   *
   * @param shape of x without the axis
   */
  public static Value select(Value x, int at, long index, List<Long> shape) {
    long extent = x.extent(at);
    long row = index < 0 ? index + extent : index;
    if (row < 0 || row >= extent) {
      throw new ScriptFault("select", "index %d of %d".formatted(index, extent));
    }
    if (x.numbers() == null) {
      return x.viewedAs(shape);
    }
    List<Long> kept = new ArrayList<>(x.shape());
    kept.set(at, 1L);
    Value one = slice(x, at, row, 1, kept);
    return viewed(x, shape, one.numbers());
  }

  /** Returns every {@code step}-th row from {@code start} on along {@code at}. */
  public static Value slice(Value x, int at, long start, long step, List<Long> shape) {
    Numbers numbers = x.numbers();
    if (numbers == null) {
      return x.viewedAs(shape);
    }
    long inner = 1;
    for (int i = at + 1; i < x.rank(); i++) {
      inner *= x.extent(i);
    }
    long run = inner;
    long extent = x.extent(at);
    long rows = shape.get(at);
    IntUnaryOperator source =
        i -> {
          long outer = i / (rows * run);
          long row = i / run % rows;
          return (int) ((outer * extent + start + row * step) * run + i % run);
        };
    return viewed(x, shape, pick(numbers, count(shape), source));
  }

  /** Returns a view of x whose elements, if known, are others than those of x. */
  public static Value viewed(Value x, List<Long> shape, @Nullable Numbers numbers) {
    return x.viewedAs(shape, numbers);
  }

  /** Returns x with elements that are known to be these; null where they are not known. */
  public static Value with(Value x, @Nullable Numbers numbers) {
    return numbers == null && x.numbers() == null ? x : x.viewedAs(x.shape(), numbers);
  }

  private static int count(List<Long> shape) {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }

  public static Numbers pick(Numbers from, int count, IntUnaryOperator source) {
    if (from.integral()) {
      long[] all = new long[count];
      for (int i = 0; i < count; i++) {
        all[i] = from.integer(source.applyAsInt(i));
      }
      return Numbers.of(all);
    }
    double[] all = new double[count];
    for (int i = 0; i < count; i++) {
      all[i] = from.real(source.applyAsInt(i));
    }
    return Numbers.of(all);
  }

  /** Returns the elements repeated as broadcasting does. */
  public static Numbers broadcast(Value x, List<Long> shape) {
    int rank = shape.size();
    long[] stride = new long[rank];
    long next = 1;
    for (int i = 0; i < x.rank(); i++) {
      int axis = rank - 1 - i;
      long extent = x.extent(x.rank() - 1 - i);
      stride[axis] = extent == 1 ? 0 : next;
      next *= extent;
    }
    return pick(
        x.known(),
        count(shape),
        i -> {
          long at = 0;
          long rest = i;
          for (int axis = rank - 1; axis >= 0; axis--) {
            at += rest % shape.get(axis) * stride[axis];
            rest /= shape.get(axis);
          }
          return (int) at;
        });
  }

  /** Returns the same elements as whole numbers, or as reals. */
  public static Numbers as(Numbers numbers, boolean integral) {
    if (numbers.integral() == integral) {
      return numbers;
    }
    if (integral) {
      long[] all = new long[numbers.count()];
      for (int i = 0; i < all.length; i++) {
        all[i] = (long) numbers.real(i);
      }
      return Numbers.of(all);
    }
    double[] all = new double[numbers.count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers.real(i);
    }
    return Numbers.of(all);
  }

  /** Returns so many times the same number. */
  public static Numbers filled(long count, double value, boolean integral) {
    if (integral) {
      long[] all = new long[Math.toIntExact(count)];
      Arrays.fill(all, (long) value);
      return Numbers.of(all);
    }
    double[] all = new double[Math.toIntExact(count)];
    Arrays.fill(all, value);
    return Numbers.of(all);
  }
}
