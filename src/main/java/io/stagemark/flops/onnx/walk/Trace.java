package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;
import java.util.Optional;

/** What a profiled run saw of each node: the shapes that inference cannot know. */
public interface Trace {
  /** Nothing was run. */
  Trace NONE = node -> Optional.empty();

  /** Returns the next execution of a node that was not returned before. */
  Optional<ExecutedNode> next(Node node);

  /**
   * Returns how often a body ran within an execution of its control-flow node.
   *
   * @return empty if the body has no node whose execution would have been seen
   */
  default Optional<Long> iterations(GraphProto body, ExecutedNode within) {
    return Optional.empty();
  }

  /**
   * One execution of a node.
   *
   * @param outputs those that the node names, in its order
   * @param startMicros on the profile's clock
   * @param durationMicros how long
   */
  record ExecutedNode(List<Value> outputs, long startMicros, long durationMicros) {
    public ExecutedNode {
      outputs = List.copyOf(outputs);
    }
  }
}
