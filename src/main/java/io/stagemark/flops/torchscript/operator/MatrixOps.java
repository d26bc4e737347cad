package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Matrix products. */
final class MatrixOps {
  private static final int MAX_CHAIN = 64;

  private MatrixOps() {}

  static void register(OperatorTable<Operator> ops) {
    ops.put(
        "linear",
        checked(
            a -> ArgumentChecks.rank(a, a.tensor(1), 1, 2),
            a -> linear(a, a.tensor(0), a.tensor(1), a.optional(2, "bias"))));
    registerProducts(ops);
    ops.put("inner", MatrixOps::inner);
    List.of("chain_matmul", "linalg_multi_dot").forEach(name -> ops.put(name, MatrixOps::chain));
    ops.put("einsum", MatrixOps::einsum);
    ops.put("tensordot", checked(ProductChecks::contraction, MatrixOps::tensorProduct));
    List.of("outer", "ger")
        .forEach(
            name -> ops.put(name, checked(a -> ProductChecks.vectors(a, 0), MatrixOps::outer)));
    ops.put(
        "addr",
        checked(
            a -> ProductChecks.vectors(a, 1),
            a -> a.apply("Add", outer(a, a.tensor(1), a.tensor(2)), a.tensor(0))));
    ops.put("bilinear", checked(ProductChecks::bilinear, MatrixOps::bilinear));
    List.of("cdist", "_cdist_forward")
        .forEach(name -> ops.put(name, checked(ProductChecks::distances, MatrixOps::distances)));
    List.of("linalg_cross", "cross")
        .forEach(name -> ops.put(name, a -> a.apply("Mul", a.tensor(0), a.tensor(1))));
  }

  private static void registerProducts(OperatorTable<Operator> ops) {
    Operator product = a -> a.apply("MatMul", a.tensor(0), a.tensor(1));
    List.of("matmul", "linalg_matmul", "__matmul__").forEach(name -> ops.put(name, product));
    ops.put("mm", checked(a -> ProductChecks.product(a, 0, 2, 2), product));
    ops.put("bmm", checked(a -> ProductChecks.product(a, 0, 3, 3), product));
    ops.put("mv", checked(a -> ProductChecks.product(a, 0, 2, 1), product));
    List.of("dot", "vdot")
        .forEach(name -> ops.put(name, checked(a -> ProductChecks.product(a, 0, 1, 1), product)));
    Operator added = MatrixOps::addedProduct;
    ops.put("addmm", checked(a -> ProductChecks.product(a, 1, 2, 2), added));
    ops.put("addmv", checked(a -> ProductChecks.product(a, 1, 2, 1), added));
    List.of("baddbmm", "addbmm")
        .forEach(name -> ops.put(name, checked(a -> ProductChecks.product(a, 1, 3, 3), added)));
  }

  /** x · Wᵀ + b, as exporters write it; the transposed weight is the same weight. */
  static Value linear(Arguments a, Value x, Value w, Value bias) {
    Value turned = w.rank() == 1 ? w : w.viewedAs(List.of(w.shape().get(1), w.shape().get(0)));
    Value y = a.apply("MatMul", x, turned);
    return bias == Value.ABSENT ? y : a.apply("Add", y, bias);
  }

  private static Object inner(Arguments a) {
    Value right = a.tensor(1);
    return a.apply("MatMul", a.tensor(0), MoveOps.turned(right, "mT"));
  }

  /** addbmm also adds up the products of its batch. */
  private static Object addedProduct(Arguments a) {
    Value product = a.apply("MatMul", a.tensor(1), a.tensor(2));
    if (a.operator().equals("addbmm")) {
      product = a.apply("ReduceSum", List.of(product, Value.integers(0)), Map.of("keepdims", 0L));
    }
    ArgumentChecks.expands(a, a.tensor(0).shape(), product.shape());
    return a.apply("Add", product, a.tensor(0));
  }

  /** In the order of the fewest products, as PyTorch does: the classic dynamic programme. */
  private static Object chain(Arguments a) {
    List<Value> operands = a.isTensor(0) ? List.of(a.tensor(0)) : a.tensors(0);
    int n = operands.size();
    if (n > MAX_CHAIN) {
      throw a.noRule("a product of %d matrices".formatted(n));
    }
    long[][] cost = new long[n][n];
    int[][] cut = new int[n][n];
    for (int length = 1; length < n; length++) {
      for (int from = 0; from + length < n; from++) {
        int to = from + length;
        cost[from][to] = Long.MAX_VALUE;
        for (int at = from; at < to; at++) {
          long outer = Math.multiplyExact(rows(operands.get(from)), columns(operands.get(to)));
          long product = Math.multiplyExact(outer, columns(operands.get(at)));
          long all = Math.addExact(Math.addExact(cost[from][at], cost[at + 1][to]), product);
          if (all < cost[from][to]) {
            cost[from][to] = all;
            cut[from][to] = at;
          }
        }
      }
    }
    return product(a, operands, cut, 0, n - 1);
  }

  private static long rows(Value x) {
    return x.rank() > 1 ? x.extent(0) : 1;
  }

  private static long columns(Value x) {
    return x.rank() > 1 ? x.extent(1) : x.extent(0);
  }

  private static Value product(Arguments a, List<Value> all, int[][] cut, int from, int to) {
    if (from == to) {
      return all.get(from);
    }
    int at = cut[from][to];
    return a.apply("MatMul", product(a, all, cut, from, at), product(a, all, cut, at + 1, to));
  }

  private static Object einsum(Arguments a) {
    List<Value> operands = a.isTensor(1) ? List.of(a.tensor(1)) : a.tensors(1);
    return a.apply("Einsum", operands, Map.of("equation", a.text(0, "equation", "")));
  }

  /** x, y, axes of x, axes of y: the rest of both, the axes summed over. */
  private static Object tensorProduct(Arguments a) {
    Value x = a.tensor(0);
    Value y = a.tensor(1);
    List<Long> first = a.integers(2, "dims_self");
    List<Long> second = a.integers(3, "dims_other");
    List<Integer> summedOfX = first.stream().map(i -> MoveOps.axis(i, x.rank())).toList();
    List<Integer> summedOfY = second.stream().map(i -> MoveOps.axis(i, y.rank())).toList();
    List<Long> shape = new ArrayList<>();
    long depth = 1;
    for (int i = 0; i < x.rank(); i++) {
      if (summedOfX.contains(i)) {
        depth = Math.multiplyExact(depth, x.extent(i));
      } else {
        shape.add(x.extent(i));
      }
    }
    for (int i = 0; i < y.rank(); i++) {
      if (!summedOfY.contains(i)) {
        shape.add(y.extent(i));
      }
    }
    Value result = Value.of(x.type(), shape);
    long macs = Math.multiplyExact(result.elementCount(), depth);
    a.tape().weights(List.of(x, y));
    return a.tape().custom("MatMul", a.where(), List.of(x, y), result, Operations.ofMacs(macs));
  }

  private static Object outer(Arguments a) {
    return outer(a, a.tensor(0), a.tensor(1));
  }

  private static Value outer(Arguments a, Value left, Value right) {
    return a.apply("Mul", MoveOps.unsqueezed(a, left, 1), right);
  }

  /** x [.., i], y [.., j], weight [o, i, j], bias: x·W for each o and j, then with y. */
  private static Object bilinear(Arguments a) {
    Value x = a.tensor(0);
    Value y = a.tensor(1);
    Value w = a.tensor(2);
    List<Long> shape = new ArrayList<>(x.shape());
    shape.set(x.rank() - 1, w.extent(0));
    long rows = x.elementCount() / Math.max(1, x.extent(-1));
    Value result =
        a.apply(
            "Einsum",
            List.of(
                x.viewedAs(List.of(rows, x.extent(-1))),
                w,
                y.viewedAs(List.of(rows, y.extent(-1)))),
            Map.of("equation", "bi,oij,bj->bo"));
    Value viewed = result.viewedAs(shape);
    Value bias = a.optional(3, "bias");
    return bias == Value.ABSENT ? viewed : a.apply("Add", viewed, bias);
  }

  /** x [.., P, M], y [.., R, M]: a difference, a product, a sum for each of P·R·M, and a root. */
  private static Object distances(Arguments a) {
    Value x = a.tensor(0);
    Value y = a.tensor(1);
    List<Long> leading = x.shape().subList(0, x.rank() - 2);
    List<Long> shape =
        new ArrayList<>(Shapes.broadcast(leading, y.shape().subList(0, y.rank() - 2)));
    shape.addAll(List.of(x.extent(-2), y.extent(-2)));
    Value result = Value.of(x.type(), shape);
    long pairs = result.elementCount();
    long each = Math.multiplyExact(pairs, x.extent(-1));
    return a.tape()
        .custom(
            "CDist",
            a.where(),
            List.of(x, y),
            result,
            Operations.of(Math.multiplyExact(3, each), pairs, 0));
  }
}
