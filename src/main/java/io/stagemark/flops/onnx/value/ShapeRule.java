package io.stagemark.flops.onnx.value;

import java.util.List;

/** From the inputs of an operator to the types and shapes of its outputs. */
@FunctionalInterface
public interface ShapeRule {
  /** One output of the first input's type and shape. */
  ShapeRule LIKE_FIRST = call -> call.like(call.shape(0));

  /**
   * Returns one value for each output that the operator defines, in its order.
   *
   * @throws UnknownShape if the shapes are known only after a run
   * @throws GraphFault if the inputs contradict the operator
   */
  List<Value> outputs(Call call);
}
