package io.stagemark.flops.onnx.profiled;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.stagemark.engine.NodeExecution;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.walk.Trace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The executions of one forward, handed out node by node in the order in which they ran. */
public final class ProfileTrace implements Trace {
  private static final Map<String, OnnxType> TYPES =
      Map.ofEntries(
          Map.entry("float", OnnxType.FLOAT),
          Map.entry("double", OnnxType.DOUBLE),
          Map.entry("float16", OnnxType.FLOAT16),
          Map.entry("bfloat16", OnnxType.BFLOAT16),
          Map.entry("int8", OnnxType.INT8),
          Map.entry("uint8", OnnxType.UINT8),
          Map.entry("int16", OnnxType.INT16),
          Map.entry("uint16", OnnxType.UINT16),
          Map.entry("int32", OnnxType.INT32),
          Map.entry("uint32", OnnxType.UINT32),
          Map.entry("int64", OnnxType.INT64),
          Map.entry("uint64", OnnxType.UINT64),
          Map.entry("bool", OnnxType.BOOL),
          Map.entry("string", OnnxType.STRING));

  private final Map<String, ArrayDeque<NodeExecution>> waiting = new HashMap<>();
  private final Map<String, List<NodeExecution>> all = new HashMap<>();

  public ProfileTrace(List<NodeExecution> executions) {
    for (NodeExecution execution : executions) {
      waiting.computeIfAbsent(execution.node(), name -> new ArrayDeque<>()).add(execution);
      all.computeIfAbsent(execution.node(), name -> new ArrayList<>()).add(execution);
    }
  }

  @Override
  public Optional<ExecutedNode> next(Node node) {
    ArrayDeque<NodeExecution> queue = waiting.get(node.name());
    if (queue == null || queue.isEmpty()) {
      return Optional.empty();
    }
    NodeExecution execution = queue.remove();
    List<Value> outputs = new ArrayList<>();
    for (NodeExecution.Port port : execution.outputs()) {
      OnnxType type = TYPES.getOrDefault(port.type(), OnnxType.UNDEFINED);
      outputs.add(Value.of(type, port.shape()));
    }
    return Optional.of(
        new ExecutedNode(outputs, execution.startMicros(), execution.durationMicros()));
  }

  @Override
  public Optional<Long> iterations(GraphProto body, ExecutedNode within) {
    long end = within.startMicros() + within.durationMicros();
    long most = 0;
    boolean visible = false;
    for (NodeProto node : body.getNodeList()) {
      List<NodeExecution> executions = all.get(node.getName());
      if (executions != null) {
        visible = true;
        most =
            Math.max(
                most,
                executions.stream()
                    .filter(e -> e.startMicros() >= within.startMicros() && e.startMicros() <= end)
                    .count());
      }
    }
    return visible ? Optional.of(most) : Optional.empty();
  }
}
