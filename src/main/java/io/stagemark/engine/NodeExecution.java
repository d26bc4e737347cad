package io.stagemark.engine;

import java.util.List;

/**
 * One execution of one node, as the runtime's profiler saw it.
 *
 * @param run which forward, from 0
 * @param node the node's name in the graph that ran
 * @param operator its operator, such as {@code Conv}
 * @param inputs what it read; an absent optional input is skipped, so positions can shift
 * @param outputs what it wrote
 * @param startMicros on the profiler's clock, in µs
 * @param durationMicros in µs; a control-flow node's includes its body's
 */
public record NodeExecution(
    int run,
    String node,
    String operator,
    List<Port> inputs,
    List<Port> outputs,
    long startMicros,
    long durationMicros) {
  public NodeExecution {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * A tensor at a node's edge.
   *
   * @param type the runtime's name, such as {@code float} or {@code int64}
   * @param shape extents, outermost first
   */
  public record Port(String type, List<Long> shape) {
    public Port {
      shape = List.copyOf(shape);
    }
  }
}
