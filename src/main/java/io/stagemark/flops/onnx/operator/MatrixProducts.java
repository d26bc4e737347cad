package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Shapes and costs of matrix products in floating point. */
final class MatrixProducts {
  private MatrixProducts() {}

  /** Returns the first input times input {@code right}. */
  static Value matMul(Call call, int right, OnnxType type) {
    return Value.of(type, product(call.node(), call.shape(0), call.shape(right)));
  }

  /** Returns the shape of numpy's matmul. */
  static List<Long> product(Node node, List<Long> left, List<Long> right) {
    if (left.isEmpty() || right.isEmpty()) {
      throw mismatch(node, left, right);
    }
    List<Long> a = left.size() == 1 ? Shapes.concat(List.of(1L), left) : left;
    List<Long> b = right.size() == 1 ? Shapes.concat(right, List.of(1L)) : right;
    if (!a.get(a.size() - 1).equals(b.get(b.size() - 2))) {
      throw mismatch(node, left, right);
    }
    List<Long> shape =
        new ArrayList<>(Shapes.broadcast(a.subList(0, a.size() - 2), b.subList(0, b.size() - 2)));
    if (left.size() > 1) {
      shape.add(a.get(a.size() - 2));
    }
    if (right.size() > 1) {
      shape.add(b.get(b.size() - 1));
    }
    return shape;
  }

  private static GraphFault mismatch(Node node, List<Long> left, List<Long> right) {
    return new GraphFault(
        node.path(),
        "%s of %s and %s".formatted(node.operator(), left, right),
        "the last extent of the first equal to the last but one of the second",
        "check --input: does the model take inputs of that shape?");
  }

  static List<Value> gemmShape(Call call) {
    List<Long> a = call.shape(0);
    List<Long> b = call.shape(1);
    boolean transA = call.node().flag("transA", false);
    boolean transB = call.node().flag("transB", false);
    if (a.size() != 2 || b.size() != 2 || !a.get(transA ? 0 : 1).equals(b.get(transB ? 1 : 0))) {
      throw mismatch(call.node(), a, b);
    }
    return call.like(List.of(a.get(transA ? 1 : 0), b.get(transB ? 0 : 1)));
  }

  static List<Value> fusedMatMulShape(Call call) {
    List<Long> a = swapped(call.shape(0), call.node().flag("transA", false));
    List<Long> b = swapped(call.shape(1), call.node().flag("transB", false));
    return call.like(product(call.node(), a, b));
  }

  static List<Long> swapped(List<Long> shape, boolean transposed) {
    if (!transposed || shape.size() < 2) {
      return shape;
    }
    List<Long> result = new ArrayList<>(shape);
    int last = shape.size() - 1;
    result.set(last, shape.get(last - 1));
    result.set(last - 1, shape.get(last));
    return result;
  }

  static List<Value> determinantShape(Call call) {
    List<Long> x = call.shape(0);
    return call.like(x.subList(0, x.size() - 2));
  }

  /** |Y|·K; one-dimensional operands are vectors. */
  static Cost matMul(Call call) {
    return contraction(call, Shapes.multiply(call.y(), call.in(0).extent(-1)));
  }

  private static Cost contraction(Call call, long macs) {
    return Cost.of(
        call.type(0).isIntegral() ? Operations.ofIntMacs(macs) : Operations.ofMacs(macs));
  }

  static Cost gemm(Call call) {
    Node node = call.node();
    long k = call.shape(0).get(node.flag("transA", false) ? 0 : 1);
    double alpha = node.real("alpha", 1);
    double beta = node.real("beta", 1);
    long added = call.has(2) && beta != 0 ? call.y() : 0;
    long scaled = alpha == 1 ? 0 : call.y();
    long scaledBias = call.has(2) && beta != 0 && beta != 1 ? call.count(2) : 0;
    Cost product = contraction(call, Shapes.multiply(call.y(), k));
    return product.plus(
        ElementwiseOperators.arithmetic(call, Shapes.add(added, scaled, scaledBias)).operations());
  }

  static Cost einsum(Call call) {
    Operations operations = Einsum.of(call).operations();
    return Cost.of(
        call.type(0).isIntegral()
            ? new Operations(0, operations.macs(), 0, 0, operations.elementwise())
            : operations);
  }

  /** ⅔·n³ for each matrix, by LU factorisation. */
  static Cost determinant(Call call) {
    Value x = call.in(0);
    long n = x.extent(-1);
    long matrices = Shapes.product(x.shape(), 0, x.rank() - 2);
    return Cost.of(Shapes.multiply(2, n, n, n) / 3 * matrices, 0, 0);
  }

  static Cost fusedMatMul(Call call) {
    boolean transposed = call.node().flag("transA", false);
    List<Long> a = call.shape(0);
    long k = a.get(a.size() - (transposed && a.size() > 1 ? 2 : 1));
    Cost cost = Cost.of(Operations.ofMacs(Shapes.multiply(call.y(), k)));
    if (call.node().real("alpha", 1) != 1) {
      cost = cost.plus(Operations.of(call.y(), 0, 0));
    }
    return FusedActivation.add(call, cost);
  }

  static Cost fusedGemm(Call call) {
    return FusedActivation.add(call, gemm(call));
  }

  static Cost gemmFastGelu(Call call) {
    return gemm(call).plus(Operations.of(8, 1, 0).times(call.y()));
  }

  /** tokens · top-k · (fc1 + fc2 [+ fc3]): the experts that run, not those that exist. */
  static Cost experts(Call call, int apart, long perElement) {
    List<Long> x = call.shape(0);
    long tokens = Shapes.product(x, 0, x.size() - 1);
    long each = 0;
    for (int i = 0; i < 3; i++) {
      int weight = 2 + i * apart;
      if (call.has(weight)) {
        List<Long> w = call.shape(weight);
        each = Shapes.add(each, Shapes.multiply(perElement, Shapes.product(w, 1, w.size())));
      }
    }
    long chosen = call.node().integer("k", 1);
    return Cost.of(Operations.ofMacs(Shapes.multiply(tokens, chosen, each)));
  }
}
