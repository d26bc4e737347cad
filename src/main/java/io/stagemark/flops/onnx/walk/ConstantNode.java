package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Origin;
import io.stagemark.flops.onnx.value.Value;
import java.util.Arrays;
import java.util.List;

/** What a Constant node holds, in whichever of its attributes. */
final class ConstantNode {
  private ConstantNode() {}

  static Value value(Node node, GraphWalk walk) {
    AttributeProto tensor = node.attributes().get("value");
    if (tensor != null) {
      return walk.constant(tensor.getT(), node.path(), false);
    }
    AttributeProto sparse = node.attributes().get("sparse_value");
    if (sparse != null) {
      return walk.constant(sparse.getSparseTensor(), false);
    }
    if (node.has("value_int")) {
      return Value.of(OnnxType.INT64, List.of(), Numbers.of(node.integer("value_int")));
    }
    if (node.has("value_float")) {
      return Value.of(OnnxType.FLOAT, List.of(), Numbers.of(node.real("value_float", 0)));
    }
    if (node.has("value_ints")) {
      return Value.integers(
          node.integers("value_ints", List.of()).stream().mapToLong(Long::longValue).toArray());
    }
    AttributeProto floats = node.attributes().get("value_floats");
    if (floats != null) {
      return walk.constant(floats, attribute -> listed(attribute, node));
    }
    return Value.of(OnnxType.STRING, List.of());
  }

  private static Value listed(AttributeProto floats, Node node) {
    double[] reals = floats.getFloatsList().stream().mapToDouble(Float::doubleValue).toArray();
    long zeros = Arrays.stream(reals).filter(real -> real == 0).count();
    Origin origin = new Origin(node.path(), OnnxType.FLOAT, reals.length, zeros, false).literal();
    return Value.of(OnnxType.FLOAT, List.of((long) reals.length), Numbers.of(reals)).from(origin);
  }
}
