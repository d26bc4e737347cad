package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What operators require of their arguments, as libtorch checks it: ranks, extents, axes, groups.
 * Arguments that an operator cannot have end in {@link UnknownShape}, so that the count is not
 * complete and names the operator.
 */
final class ArgumentChecks {
  private ArgumentChecks() {}

  /** Requires a condition; the message is a format of what was found. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation is not a dependency; tests run each
  static void require(boolean fits, Arguments a, String found, Object... values) {
    if (!fits) {
      throw new UnknownShape(
          "%s cannot have these arguments: %s".formatted(a.operator(), found.formatted(values)));
    }
  }

  /** Requires a tensor's rank to be one of a range. */
  static void rank(Arguments a, Value x, int lowest, int highest) {
    require(
        x.rank() >= lowest && x.rank() <= highest,
        a,
        lowest == highest ? "a tensor %s, not of rank %d" : "a tensor %s, not of rank %d to %d",
        x.shape(),
        lowest,
        highest);
  }

  /** Requires an optional tensor to be absent or to have this shape. */
  static void shape(Arguments a, Value x, List<Long> shape) {
    if (x != Value.ABSENT) {
      require(x.shape().equals(shape), a, "a tensor %s, not %s", x.shape(), shape);
    }
  }

  /** Requires a list of numbers to have a length and no number below the smallest. */
  static void sizes(Arguments a, List<Long> found, int length, long smallest) {
    require(
        found.size() == length || found.size() == 1,
        a,
        "%s, not a list of %d numbers",
        found,
        length);
    atLeast(a, found, smallest);
  }

  static void atLeast(Arguments a, List<Long> found, long smallest) {
    require(
        found.stream().allMatch(size -> size >= smallest),
        a,
        "%s, with a number below %d",
        found,
        smallest);
  }

  /** Returns an axis counted from the front; requires it to be one of {@code rank} axes. */
  static int axis(Arguments a, long axis, int rank) {
    long axes = Math.max(1, rank);
    require(axis >= -axes && axis < axes, a, "axis %d of %d", axis, rank);
    return Math.toIntExact(axis < 0 ? axis + axes : axis);
  }

  /** Requires axes to be of the tensor's, each once. */
  static void axes(Arguments a, List<Long> axes, int rank) {
    Set<Integer> seen = new HashSet<>();
    for (long axis : axes) {
      require(seen.add(axis(a, axis, rank)), a, "axis %d twice in %s", axis, axes);
    }
  }

  /** Requires a shape to be one that expands to another. */
  static void expands(Arguments a, List<Long> from, List<Long> to) {
    boolean fits = from.size() <= to.size();
    for (int i = 1; fits && i <= from.size(); i++) {
      long extent = from.get(from.size() - i);
      fits = extent == 1 || extent == to.get(to.size() - i);
    }
    require(fits, a, "%s does not expand to %s", from, to);
  }

  /** Returns the shape that two broadcast to; requires that they do. */
  static List<Long> broadcast(Arguments a, List<Long> left, List<Long> right) {
    for (int i = 1; i <= Math.min(left.size(), right.size()); i++) {
      long mine = left.get(left.size() - i);
      long other = right.get(right.size() - i);
      require(mine == other || mine == 1 || other == 1, a, "%s and %s", left, right);
    }
    return Shapes.broadcast(left, right);
  }
}
