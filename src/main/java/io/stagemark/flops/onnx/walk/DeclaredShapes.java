package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that a file declares for its values: used where they do not follow from its operators.
 * They hold only for inputs of the declared extents; a name in place of an extent has the value
 * that the inputs give it.
 */
public final class DeclaredShapes {
  private final boolean holds;
  private final Map<String, Long> named = new HashMap<>();
  private final IdentityHashMap<GraphProto, Map<String, Value>> known = new IdentityHashMap<>();

  /**
   * @param graph the main graph
   * @param inputs what it is given
   */
  public DeclaredShapes(GraphProto graph, Map<String, Value> inputs) {
    boolean same = true;
    for (ValueInfoProto input : graph.getInputList()) {
      Value value = inputs.get(input.getName());
      List<Dimension> dims = input.getType().getTensorType().getShape().getDimList();
      if (value != null && value.isKnown() && value.rank() == dims.size()) {
        for (int i = 0; i < dims.size(); i++) {
          same &= matches(dims.get(i), value.extent(i));
        }
      }
    }
    this.holds = same;
  }

  private boolean matches(Dimension dimension, long extent) {
    if (dimension.hasDimValue() && dimension.getDimValue() >= 0) {
      return dimension.getDimValue() == extent;
    }
    Long before =
        dimension.getDimParam().isEmpty()
            ? null
            : named.putIfAbsent(dimension.getDimParam(), extent);
    return before == null || before == extent;
  }

  /** Returns a value of the graph as it is declared; null where it is not, or not wholly. */
  @Nullable Value of(GraphProto graph, String name) {
    return holds ? known.computeIfAbsent(graph, this::read).get(name) : null;
  }

  private Map<String, Value> read(GraphProto graph) {
    Map<String, Value> values = new HashMap<>();
    graph.getValueInfoList().forEach(info -> add(values, info));
    graph.getOutputList().forEach(info -> add(values, info));
    return values;
  }

  private void add(Map<String, Value> values, ValueInfoProto info) {
    TypeProto.Tensor tensor = info.getType().getTensorType();
    if (!info.getType().hasTensorType() || !tensor.hasShape()) {
      return;
    }
    List<Long> shape = new ArrayList<>();
    for (Dimension dimension : tensor.getShape().getDimList()) {
      Long extent =
          dimension.hasDimValue() && dimension.getDimValue() >= 0
              ? Long.valueOf(dimension.getDimValue())
              : named.get(dimension.getDimParam());
      if (extent == null) {
        return;
      }
      shape.add(extent);
    }
    values.put(info.getName(), Value.of(OnnxType.of(tensor.getElemType()), shape));
  }
}
