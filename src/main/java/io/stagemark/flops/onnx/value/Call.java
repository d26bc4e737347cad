package io.stagemark.flops.onnx.value;

import java.util.List;

/**
 * One execution of a node: what goes in and, once it is known, what comes out.
 *
 * @param node the operator
 * @param inputs one for each name of the node; {@link Value#ABSENT} for one that is left out
 * @param outputs one for each name of the node; empty while shapes are still being inferred
 */
public record Call(Node node, List<Value> inputs, List<Value> outputs) {
  public Call {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Returns whether an optional input is given. */
  public boolean has(int index) {
    return index < inputs.size() && inputs.get(index) != Value.ABSENT;
  }

  /**
   * Returns an input whose shape is known.
   *
   * @throws UnknownShape if it is known only after a run
   * @throws GraphFault if the node has no such input
   */
  public Value in(int index) {
    if (!has(index)) {
      throw new GraphFault(
          node.path(),
          "%s with %d inputs".formatted(node.operator(), inputs.size()),
          "its input number " + (index + 1),
          "check the model with onnx.checker, or export it again");
    }
    Value value = inputs.get(index);
    if (value.elements() == null) {
      value.shape();
    }
    return value;
  }

  public List<Long> shape(int index) {
    return in(index).shape();
  }

  public OnnxType type(int index) {
    return index < inputs.size() ? inputs.get(index).type() : OnnxType.UNDEFINED;
  }

  /** Returns |X|, the elements of an input. */
  public long count(int index) {
    return in(index).elementCount();
  }

  /** Returns an output whose shape is known. */
  public Value out(int index) {
    if (index >= outputs.size()) {
      throw new GraphFault(
          node.path(), node.operator() + " without outputs", "an output", "export it again");
    }
    outputs.get(index).shape();
    return outputs.get(index);
  }

  /** Returns |Y|, the elements of the first output. */
  public long y() {
    return out(0).elementCount();
  }

  /** Returns one output of the first input's type. */
  public List<Value> like(List<Long> shape) {
    return List.of(Value.of(type(0), shape));
  }

  /** Returns the first {@code axis} of the node, in [0, rank of the first input). */
  public int axis(long otherwise) {
    return Shapes.axis(node.integer("axis", otherwise), in(0).rank());
  }

  /** Returns the same call with its outputs. */
  public Call returning(List<Value> found) {
    return new Call(node, inputs, found);
  }
}
