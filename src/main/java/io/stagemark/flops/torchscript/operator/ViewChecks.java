package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.ArgumentChecks.atLeast;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.axes;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.axis;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.expands;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.rank;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.require;

import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import java.util.Collections;
import java.util.List;

/** What views, parts and padding require of their arguments. */
final class ViewChecks {
  private ViewChecks() {}

  static void view(Arguments a) {
    if (a.get(1) instanceof Long && a.operator().equals("view")) {
      return; // view(dtype)
    }
    List<Long> shape = a.integers(1, "shape");
    atLeast(a, shape, -1);
    require(Collections.frequency(shape, -1L) < 2, a, "two open extents in %s", shape);
  }

  static void viewAs(Arguments a) {
    require(
        a.tensor(0).elementCount() == a.tensor(1).elementCount(),
        a,
        "%s as %s",
        a.tensor(0).shape(),
        a.tensor(1).shape());
  }

  static void flatten(Arguments a) {
    int rank = a.tensor(0).rank();
    int start = axis(a, a.integer(1, "start_dim", 0), rank);
    int end = axis(a, a.integer(2, "end_dim", -1), rank);
    require(start <= end, a, "axes %d to %d", start, end);
  }

  static void expand(Arguments a) {
    List<Long> shape = a.integers(1, "size");
    int added = shape.size() - a.tensor(0).rank();
    require(added >= 0, a, "%s to %s", a.tensor(0).shape(), shape);
    atLeast(a, shape, -1);
    atLeast(a, shape.subList(0, added), 0);
  }

  static void moved(Arguments a) {
    List<Long> from = a.integers(1, "source");
    List<Long> to = a.integers(2, "destination");
    require(from.size() == to.size(), a, "axes %s to %s", from, to);
    axes(a, from, a.tensor(0).rank());
    axes(a, to, a.tensor(0).rank());
  }

  static void diagonal(Arguments a) {
    Value x = a.tensor(0);
    rank(a, x, 2, Integer.MAX_VALUE);
    axes(a, List.of(a.integer(2, "dim1", 0), a.integer(3, "dim2", 1)), x.rank());
  }

  /** More elements than the tensor has may be in its storage: nothing here knows. */
  static void strided(Arguments a) {
    List<Long> size = a.integers(1, "size");
    List<Long> stride = a.integers(2, "stride");
    require(size.size() == stride.size(), a, "sizes %s, strides %s", size, stride);
    atLeast(a, size, 0);
    atLeast(a, stride, 0);
    long last = a.integer(3, "storage_offset", 0);
    boolean empty = size.contains(0L);
    for (int i = 0; i < size.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(size.get(i) - 1, stride.get(i)));
    }
    require(
        empty || last < a.tensor(0).elementCount(),
        a,
        "element %d of a tensor %s",
        last,
        a.tensor(0).shape());
  }

  static void shuffled(Arguments a) {
    Value x = a.tensor(0);
    rank(a, x, 3, Integer.MAX_VALUE);
    long factor = a.integer(1);
    require(
        factor > 0 && x.extent(-3) % Math.multiplyExact(factor, factor) == 0,
        a,
        "%s by %d",
        x.shape(),
        factor);
  }

  static void unshuffled(Arguments a) {
    Value x = a.tensor(0);
    rank(a, x, 3, Integer.MAX_VALUE);
    long factor = a.integer(1);
    require(
        factor > 0 && x.extent(-1) % factor == 0 && x.extent(-2) % factor == 0,
        a,
        "%s by %d",
        x.shape(),
        factor);
  }

  static void split(Arguments a) {
    if (a.get(1) instanceof List<?>) {
      Value x = a.tensor(0);
      List<Long> sizes = a.integers(1, "sizes");
      long extent = x.extent(axis(a, a.integer(2, "dim", 0), x.rank()));
      atLeast(a, sizes, 0);
      require(
          sizes.stream().reduce(0L, Math::addExact) == extent, a, "parts %s of %d", sizes, extent);
    }
  }

  static void pad(Arguments a) {
    List<Long> pads = a.integers(1, "pad");
    switch (a.text(2, "mode", "constant")) {
      case "constant" -> padded(a, pads, false);
      case "circular" -> padded(a, pads, false);
      case "reflect" -> border(a, pads.size() / 2, true);
      case "replicate" -> border(a, pads.size() / 2, false);
      default -> require(false, a, "mode '%s'", a.text(2, "mode", ""));
    }
  }

  static void padded(Arguments a, List<Long> pads, boolean reflects) {
    Value x = a.tensor(0);
    require(pads.size() % 2 == 0 && pads.size() / 2 <= x.rank(), a, "%s for %s", pads, x.shape());
    for (int i = 0; i < pads.size(); i += 2) {
      long extent = x.extent(-1 - i / 2);
      long begin = pads.get(i);
      long end = pads.get(i + 1);
      require(extent + begin + end >= 0, a, "%s for %s", pads, x.shape());
      require(
          !reflects || (begin < extent && end < extent), a, "%s reflected in %s", pads, x.shape());
    }
  }

  static void border(Arguments a, int axes, boolean reflects) {
    List<Long> pads = a.integers(1, "padding");
    require(pads.size() == 2 * axes, a, "%s, not %d numbers", pads, 2 * axes);
    rank(a, a.tensor(0), axes + 1, axes + 2);
    padded(a, pads, reflects);
  }

  static void roll(Arguments a) {
    List<Long> shifts = a.integers(1, "shifts");
    List<Long> axes = a.integers(2, "dims");
    require(
        shifts.size() == axes.size() || (axes.isEmpty() && shifts.size() == 1),
        a,
        "%s along %s",
        shifts,
        axes);
    axes.forEach(one -> axis(a, one, a.tensor(0).rank()));
  }

  static void groups(Arguments a) {
    Value x = a.tensor(0);
    rank(a, x, 3, Integer.MAX_VALUE);
    long groups = a.integer(1);
    require(groups > 0 && x.extent(1) % groups == 0, a, "%d groups of %s", groups, x.shape());
  }

  /** Requires the given axes to be of the tensor's, each once. */
  static void dims(Arguments a) {
    axes(a, a.integers(1, "dims"), a.tensor(0).rank());
  }

  static void copied(Arguments a) {
    if (a.isTensor(0) && a.isTensor(1)) {
      expands(a, a.tensor(1).shape(), a.tensor(0).shape());
    }
  }
}
