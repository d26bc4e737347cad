package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.ArgumentChecks.atLeast;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.rank;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.require;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.shape;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.sizes;

import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import java.util.List;

/** What convolutions, pooling and resizing require of their arguments. */
final class ConvolutionChecks {
  private ConvolutionChecks() {}

  static void plain(Arguments a, int axes) {
    Value x = a.tensor(0);
    Value w = a.tensor(1);
    ranks(a, x, w, axes, axes + 1);
    List<Long> stride = a.integers(3, "stride");
    if (a.get(4, "padding") instanceof String text) {
      boolean same = text.equals("same");
      require(same || text.equals("valid"), a, "padding '%s'", text);
      require(
          !same || stride.stream().allMatch(step -> step == 1), a, "padding same by %s", stride);
    } else {
      optional(a, a.integers(4, "padding"), axes, 0);
    }
    optional(a, stride, axes, 1);
    optional(a, a.integers(5, "dilation"), axes, 1);
    channels(a, x.extent(-axes - 1), w, a.integer(6, "groups", 1), false);
  }

  static void turned(Arguments a, int axes) {
    Value x = a.tensor(0);
    ranks(a, x, a.tensor(1), axes, axes + 1);
    turned(a, axes, a.integers(7, "dilation"), a.integers(5, "output_padding"));
    channels(a, x.extent(-axes - 1), a.tensor(1), a.integer(6, "groups", 1), true);
  }

  static void general(Arguments a) {
    Value x = a.tensor(0);
    Value w = a.tensor(1);
    int axes = w.rank() - 2;
    ranks(a, x, w, axes, axes + 2);
    boolean transposed = a.flag(6, "transposed", false);
    if (transposed) {
      turned(a, axes, a.integers(5, "dilation"), a.integers(7, "output_padding"));
    } else {
      optional(a, a.integers(3, "stride"), axes, 1);
      optional(a, a.integers(4, "padding"), axes, 0);
      optional(a, a.integers(5, "dilation"), axes, 1);
    }
    channels(a, x.extent(1), w, a.integer(8, "groups", 1), transposed);
  }

  private static void ranks(Arguments a, Value x, Value w, int axes, int lowest) {
    require(axes >= 1 && axes <= 3, a, "a weight %s", w.shape());
    rank(a, w, axes + 2, axes + 2);
    rank(a, x, lowest, axes + 2);
  }

  /** Output padding is less than a step, and something is left of the output. */
  private static void turned(Arguments a, int axes, List<Long> dilation, List<Long> extra) {
    List<Long> stride = a.integers(3, "stride");
    List<Long> padding = a.integers(4, "padding");
    optional(a, stride, axes, 1);
    optional(a, padding, axes, 0);
    optional(a, dilation, axes, 1);
    optional(a, extra, axes, 0);
    for (int i = 0; i < axes; i++) {
      long step = at(stride, i, 1);
      long spread = at(dilation, i, 1);
      require(
          at(extra, i, 0) < Math.max(step, spread), a, "output padding %s by %s", extra, stride);
      long full = (a.tensor(0).extent(i - axes) - 1) * step + 1 + at(extra, i, 0);
      long reach = spread * (a.tensor(1).extent(i + 2) - 1) - 2 * at(padding, i, 0);
      require(full + reach >= 1, a, "padding %s leaves nothing", padding);
    }
  }

  private static void channels(Arguments a, long in, Value w, long groups, boolean turned) {
    require(
        groups > 0 && w.extent(0) > 0 && w.extent(0) % groups == 0,
        a,
        "%d groups for a weight %s",
        groups,
        w.shape());
    long expected = turned ? w.extent(0) : Math.multiplyExact(w.extent(1), groups);
    require(in == expected, a, "%d channels for a weight %s, %d groups", in, w.shape(), groups);
    long out = turned ? Math.multiplyExact(w.extent(1), groups) : w.extent(0);
    shape(a, a.optional(2, "bias"), List.of(out));
  }

  private static long at(List<Long> sizes, int axis, long otherwise) {
    return sizes.isEmpty() ? otherwise : sizes.get(sizes.size() == 1 ? 0 : axis);
  }

  private static void optional(Arguments a, List<Long> found, int axes, long smallest) {
    if (!found.isEmpty()) {
      sizes(a, found, axes, smallest);
    }
  }

  static void timeFirst(Arguments a) {
    rank(a, a.tensor(0), 3, 3);
    rank(a, a.tensor(1), 3, 3);
    require(
        a.tensor(0).extent(2) == a.tensor(1).extent(1),
        a,
        "%s with a weight %s",
        a.tensor(0).shape(),
        a.tensor(1).shape());
    shape(a, a.tensor(2), List.of(a.tensor(1).extent(2)));
  }

  static void windows(Arguments a, int kernel) {
    sizes(a, a.integers(kernel, "kernel_size"), 2, 1);
    sizes(a, a.integers(kernel + 1, "dilation"), 2, 1);
    sizes(a, a.integers(kernel + 2, "padding"), 2, 0);
    sizes(a, a.integers(kernel + 3, "stride"), 2, 1);
  }

  static void pool(Arguments a, int axes, boolean maximum) {
    rank(a, a.tensor(0), axes + 1, axes + 2);
    List<Long> kernel = a.integers(1, "kernel_size");
    List<Long> padding = a.integers(3, "padding");
    sizes(a, kernel, axes, 1);
    optional(a, a.integers(2, "stride"), axes, 1);
    optional(a, padding, axes, 0);
    for (int i = 0; i < axes; i++) {
      require(2 * at(padding, i, 0) <= at(kernel, i, 1), a, "padding %s of %s", padding, kernel);
    }
    if (maximum) {
      optional(a, a.integers(4, "dilation"), axes, 1);
    } else if (axes > 1) {
      require(a.integer(6, "divisor_override", 1) != 0, a, "a divisor of 0");
    }
  }

  static void adaptive(Arguments a, int axes) {
    rank(a, a.tensor(0), axes + 1, axes + 2);
    Object size = a.get(1, "output_size");
    List<?> list =
        size instanceof List<?> l ? l : size instanceof ScriptTuple t ? t.items() : List.of(1L);
    require(list.size() == axes || list.size() == 1, a, "an output size %s", list);
    for (Object one : list) {
      require(!(one instanceof Long extent) || extent >= 0, a, "an output size %s", list);
    }
  }

  static void resize(Arguments a, int axes, int scales) {
    rank(a, a.tensor(0), axes + 2, axes + 2);
    boolean sized = a.get(1, "output_size") != null;
    boolean scaled = a.get(scales, "scale_factors") instanceof List<?>;
    require(!sized || !scaled, a, "both a size and scales");
    if (sized) {
      sizes(a, a.integers(1, "output_size"), axes, 1);
      require(a.integers(1, "output_size").size() == axes, a, "a size of one number");
    } else if (a.get(scales, "scale_factors") instanceof List<?> factors) {
      require(factors.size() == axes, a, "scales %s", factors);
      require(
          factors.stream().noneMatch(f -> f instanceof Double scale && !(scale > 0)),
          a,
          "scales %s",
          factors);
    }
  }

  static void grid(Arguments a) {
    Value x = a.tensor(0);
    Value grid = a.tensor(1);
    rank(a, x, 4, 5);
    boolean fits =
        grid.rank() == x.rank() && grid.extent(0) == x.extent(0) && grid.extent(-1) == x.rank() - 2;
    require(fits, a, "a grid %s for %s", grid.shape(), x.shape());
  }

  static void image(Arguments a) {
    rank(a, a.tensor(0), 2, 3);
    sizes(a, a.integers(1, "output_size"), 2, 1);
    windows(a, 2);
  }

  static void affine(Arguments a) {
    List<Long> size = a.integers(1, "size");
    require(size.size() == 4 || size.size() == 5, a, "a size %s", size);
    atLeast(a, size, 1);
    long axes = size.size() - 2L;
    shape(a, a.tensor(0), List.of(size.get(0), axes, axes + 1));
  }
}
