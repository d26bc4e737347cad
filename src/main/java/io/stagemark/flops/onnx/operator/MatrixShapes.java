package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Matrix products. */
final class MatrixShapes {
  private MatrixShapes() {}

  static Value matMul(Call call, int left, int right, OnnxType type) {
    return Value.of(type, product(call.node(), call.shape(left), call.shape(right)));
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

  static List<Value> gemm(Call call) {
    List<Long> a = call.shape(0);
    List<Long> b = call.shape(1);
    boolean transA = call.node().flag("transA", false);
    boolean transB = call.node().flag("transB", false);
    if (a.size() != 2 || b.size() != 2 || !a.get(transA ? 0 : 1).equals(b.get(transB ? 1 : 0))) {
      throw mismatch(call.node(), a, b);
    }
    return List.of(Value.of(call.type(0), List.of(a.get(transA ? 1 : 0), b.get(transB ? 0 : 1))));
  }

  static List<Value> determinant(Call call) {
    List<Long> x = call.shape(0);
    return List.of(Value.of(call.type(0), x.subList(0, x.size() - 2)));
  }
}
