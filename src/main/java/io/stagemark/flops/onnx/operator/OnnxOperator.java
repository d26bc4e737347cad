package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.ShapeRule;
import java.util.Optional;

/**
 * All that is known of one ONNX operator.
 *
 * @param domain such as {@code ai.onnx} or {@code com.microsoft}
 * @param type the operator's name in its domain
 * @param shape from the inputs to the outputs' types and shapes
 * @param cost empty for an operator whose cost depends on data: it is uncounted
 * @param constants what its constant inputs are
 */
record OnnxOperator(
    String domain,
    String type,
    ShapeRule shape,
    Optional<CostRule> cost,
    ConstantInputs constants) {
  static final String MICROSOFT = "com.microsoft";

  /** An operator of ai.onnx. */
  static OnnxOperator standard(String type, ShapeRule shape, CostRule cost) {
    return new OnnxOperator(Node.STANDARD, type, shape, Optional.of(cost), ConstantInputs.NONE);
  }

  /** An operator that ONNX Runtime adds. */
  static OnnxOperator microsoft(String type, ShapeRule shape, CostRule cost) {
    return new OnnxOperator(MICROSOFT, type, shape, Optional.of(cost), ConstantInputs.NONE);
  }

  /** An operator of ai.onnx whose cost depends on data. */
  static OnnxOperator uncounted(String type, ShapeRule shape) {
    return new OnnxOperator(Node.STANDARD, type, shape, Optional.empty(), ConstantInputs.NONE);
  }

  /** Returns the operator with its weights' input positions. */
  OnnxOperator weights(Integer... inputs) {
    return with(constants.weights(inputs));
  }

  /** Returns the operator with the input positions of its statistics, scales and zero points. */
  OnnxOperator statistics(Integer... inputs) {
    return with(constants.statistics(inputs));
  }

  /** Returns the operator with the input positions of its settings. */
  OnnxOperator settings(Integer... inputs) {
    return with(constants.settings(inputs));
  }

  private OnnxOperator with(ConstantInputs known) {
    return new OnnxOperator(domain, type, shape, cost, known);
  }

  /** Returns the name that {@link Node#operator} gives. */
  String operator() {
    return domain.equals(Node.STANDARD) ? type : domain + "." + type;
  }
}
