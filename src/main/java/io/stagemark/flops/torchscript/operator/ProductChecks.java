package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.ArgumentChecks.axes;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.broadcast;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.rank;
import static io.stagemark.flops.torchscript.operator.ArgumentChecks.require;

import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import java.util.List;

/** What matrix products and attention require of their arguments. */
final class ProductChecks {
  private ProductChecks() {}

  static void product(Arguments a, int first, int left, int right) {
    Value x = a.tensor(first);
    Value y = a.tensor(first + 1);
    rank(a, x, left, left);
    rank(a, y, right, right);
    boolean fits = x.extent(-1) == (right == 1 ? y.extent(0) : y.extent(-2));
    boolean batches = left < 3 || x.extent(0) == y.extent(0);
    require(fits && batches, a, "%s by %s", x.shape(), y.shape());
  }

  static void vectors(Arguments a, int first) {
    rank(a, a.tensor(first), 1, 1);
    rank(a, a.tensor(first + 1), 1, 1);
  }

  static void contraction(Arguments a) {
    Value x = a.tensor(0);
    Value y = a.tensor(1);
    List<Long> ofX = a.integers(2, "dims_self");
    List<Long> ofY = a.integers(3, "dims_other");
    require(ofX.size() == ofY.size(), a, "axes %s and %s", ofX, ofY);
    axes(a, ofX, x.rank());
    axes(a, ofY, y.rank());
    for (int i = 0; i < ofX.size(); i++) {
      long depth = x.extent(MoveOps.axis(ofX.get(i), x.rank()));
      long other = y.extent(MoveOps.axis(ofY.get(i), y.rank()));
      require(depth == other, a, "sums over %d and %d elements", depth, other);
    }
  }

  static void bilinear(Arguments a) {
    Value x = a.tensor(0);
    Value y = a.tensor(1);
    Value w = a.tensor(2);
    rank(a, w, 3, 3);
    boolean fits =
        x.rank() == y.rank()
            && x.rank() > 0
            && x.shape().subList(0, x.rank() - 1).equals(y.shape().subList(0, y.rank() - 1))
            && x.extent(-1) == w.extent(1)
            && y.extent(-1) == w.extent(2);
    require(fits, a, "%s and %s with %s", x.shape(), y.shape(), w.shape());
  }

  static void distances(Arguments a) {
    Value x = a.tensor(0);
    Value y = a.tensor(1);
    boolean matrices = x.rank() > 1 && y.rank() > 1;
    require(matrices && x.extent(-1) == y.extent(-1), a, "%s and %s", x.shape(), y.shape());
    broadcast(a, x.shape().subList(0, x.rank() - 2), y.shape().subList(0, y.rank() - 2));
  }

  /** Heads of keys may be fewer where the call allows groups of them. */
  static void attention(Arguments a) {
    Value q = a.tensor(0);
    Value k = a.tensor(1);
    Value v = a.tensor(2);
    require(
        q.rank() > 1 && k.rank() > 1 && v.rank() > 1,
        a,
        "%s, %s and %s",
        q.shape(),
        k.shape(),
        v.shape());
    require(q.extent(-1) == k.extent(-1), a, "%s with keys %s", q.shape(), k.shape());
    require(k.extent(-2) == v.extent(-2), a, "keys %s, values %s", k.shape(), v.shape());
    boolean grouped =
        a.operator().equals("scaled_dot_product_attention") && a.flag(7, "enable_gqa", false);
    for (Value other : List.of(k, v)) {
      for (int i = 3; i <= Math.max(q.rank(), other.rank()); i++) {
        long mine = i <= q.rank() ? q.extent(-i) : 1;
        long its = i <= other.rank() ? other.extent(-i) : 1;
        boolean groups = grouped && i == 3 && its > 0 && mine % its == 0;
        require(its == mine || its == 1 || groups, a, "%s with %s", q.shape(), other.shape());
      }
    }
  }
}
