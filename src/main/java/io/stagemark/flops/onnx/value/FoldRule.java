package io.stagemark.flops.onnx.value;

import java.util.List;

/** From small inputs whose elements are known to the elements of the outputs. */
@FunctionalInterface
public interface FoldRule {

  /**
   * Returns the elements of the outputs, in their order; empty where the rule does not cover the
   * call.
   *
   * @param call with its outputs' types and shapes, and at least one input
   * @throws ArithmeticException if they cannot be computed, such as by a division by zero
   */
  List<Numbers> elements(Call call);
}
