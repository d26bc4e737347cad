package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.ArgumentChecks.axis;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.broadcast;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.expands;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.rank;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.require;

import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What operators with indices require of their arguments. Types are not checked: an input that is
 * given by its shape alone is float32.
 */
final class IndexChecks {
  private IndexChecks() {}

  static int row(Arguments a) {
    rank(a, a.tensor(2), 0, 1);
    return axis(a, a.integer(1, "dim", 0), a.tensor(0).rank());
  }

  /** x, axis, index, source: the source has a row for each index, else the extents of x. */
  static void rows(Arguments a) {
    int at = row(a);
    Value x = a.tensor(0);
    Value source = a.tensor(3);
    boolean fits = source.rank() == x.rank();
    for (int i = 0; fits && i < x.rank(); i++) {
      fits = source.extent(i) == (i == at ? a.tensor(2).elementCount() : x.extent(i));
    }
    require(
        fits || (x.rank() > 0 && source.rank() == 0),
        a,
        "rows %s for %s of %s",
        source.shape(),
        a.tensor(2).shape(),
        x.shape());
  }

  /** x, axis, index of the same rank: nowhere longer than x but along the axis. */
  static void within(Arguments a) {
    Value x = a.tensor(0);
    Value index = a.tensor(2);
    int at = axis(a, a.integer(1), x.rank());
    if (index.elementCount() == 0) {
      return;
    }
    boolean fits = Math.max(1, index.rank()) == Math.max(1, x.rank());
    for (int i = 0; fits && i < Math.min(x.rank(), index.rank()); i++) {
      fits = i == at || index.extent(i) <= x.extent(i);
    }
    require(fits, a, "an index %s for %s", index.shape(), x.shape());
  }

  static void along(Arguments a) {
    if (a.get(2, "dim") != null) {
      rank(a, a.tensor(1), a.tensor(0).rank(), a.tensor(0).rank());
    }
  }

  static void scatter(Arguments a) {
    within(a);
    if (!a.isTensor(3)) {
      return;
    }
    Value index = a.tensor(2);
    Value source = a.tensor(3);
    boolean fits = Math.max(1, source.rank()) == Math.max(1, index.rank());
    for (int i = 0; fits && i < Math.min(index.rank(), source.rank()); i++) {
      fits = index.extent(i) <= source.extent(i);
    }
    require(fits, a, "%s by an index %s", source.shape(), index.shape());
  }

  /** Returns the shape that the indices pick, without its extents that no index is for. */
  static List<Long> positions(Arguments a) {
    Value x = a.tensor(0);
    List<Long> joint = new ArrayList<>();
    int used = 0;
    for (@Nullable Object one : a.items(1)) {
      if (!(one instanceof Value index) || index == Value.ABSENT) {
        used++;
        continue;
      }
      if (index.type() == OnnxType.BOOL || index.type() == OnnxType.UINT8) {
        boolean fits =
            used + index.rank() <= x.rank()
                && x.shape().subList(used, used + index.rank()).equals(index.shape());
        require(fits, a, "a mask %s for %s", index.shape(), x.shape());
        used += index.rank();
        continue;
      }
      joint = broadcast(a, joint, index.shape());
      used++;
    }
    require(used <= x.rank(), a, "%d indices for %s", used, x.shape());
    return joint;
  }

  /** x, indices, values: these expand to what the indices pick. A mask picks what only it knows. */
  static void put(Arguments a) {
    List<Long> joint = positions(a);
    Value x = a.tensor(0);
    List<@Nullable Object> given = a.items(1);
    boolean leading =
        given.stream()
            .allMatch(
                one ->
                    one instanceof Value index
                        && index != Value.ABSENT
                        && index.type() != OnnxType.BOOL
                        && index.type() != OnnxType.UINT8);
    if (leading) {
      List<Long> picked = new ArrayList<>(joint);
      picked.addAll(x.shape().subList(given.size(), x.rank()));
      List<Long> values = a.tensor(2).shape();
      expands(a, values, picked);
    }
  }

  static void repeats(Arguments a) {
    if (a.get(1, "repeats") instanceof Long times) {
      require(times >= 0, a, "%d times", times);
    } else if (a.get(1, "repeats") instanceof Value repeats) {
      rank(a, repeats, 0, 1);
      Value x = a.tensor(0);
      long extent =
          a.get(2, "dim") == null
              ? x.elementCount()
              : x.extent(axis(a, a.integer(2, "dim", 0), x.rank()));
      require(
          repeats.elementCount() == 1 || repeats.elementCount() == extent,
          a,
          "%d repeats of %d rows",
          repeats.elementCount(),
          extent);
    }
  }

  static void sorted(Arguments a) {
    Value edges = a.tensor(0);
    Value values = a.tensor(1);
    boolean fits =
        edges.rank() == 1
            || values.rank() == 0
            || (edges.rank() == values.rank()
                && edges
                    .shape()
                    .subList(0, edges.rank() - 1)
                    .equals(values.shape().subList(0, values.rank() - 1)));
    require(fits, a, "%s in %s", values.shape(), edges.shape());
  }
}
