package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.FoldRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.ShapeRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one ONNX operator.
 *
 * @param domain such as {@code ai.onnx} or {@code com.microsoft}
 * @param type the operator's name in its domain
 * @param shape from the inputs to the outputs' types and shapes; empty where only a run knows them
 * @param cost empty for an operator whose cost depends on data: it is uncounted
 * @param fold the outputs' elements; empty for an operator that sizes are not computed with
 * @param constants what its constant inputs are
 * @param view whether the output is the first input under another name or shape: no byte moves
 */
record OnnxOperator(
    String domain,
    String type,
    Optional<ShapeRule> shape,
    Optional<CostRule> cost,
    Optional<FoldRule> fold,
    ConstantInputs constants,
    boolean view) {
  static final String MICROSOFT = "com.microsoft";

  private OnnxOperator(
      String domain, String type, Optional<ShapeRule> shape, Optional<CostRule> cost) {
    this(domain, type, shape, cost, Optional.empty(), ConstantInputs.NONE, false);
  }

  static OnnxOperator of(String domain, String type, ShapeRule shape, CostRule cost) {
    return new OnnxOperator(domain, type, Optional.of(shape), Optional.of(cost));
  }

  /** An operator of ai.onnx. */
  static OnnxOperator standard(String type, ShapeRule shape, CostRule cost) {
    return of(Node.STANDARD, type, shape, cost);
  }

  /** Operators of ai.onnx that differ in their names alone. */
  static List<OnnxOperator> alike(ShapeRule shape, CostRule cost, String... types) {
    return Arrays.stream(types).map(type -> standard(type, shape, cost)).toList();
  }

  /** An operator that ONNX Runtime adds. */
  static OnnxOperator microsoft(String type, ShapeRule shape, CostRule cost) {
    return of(MICROSOFT, type, shape, cost);
  }

  /** An operator of ai.onnx whose cost depends on data. */
  static OnnxOperator uncounted(String type, ShapeRule shape) {
    return new OnnxOperator(Node.STANDARD, type, Optional.of(shape), Optional.empty());
  }

  /** An operator whose output shapes only a run, or the walk through the graph, knows. */
  static OnnxOperator unshaped(String domain, String type, CostRule cost) {
    return new OnnxOperator(domain, type, Optional.empty(), Optional.of(cost));
  }

  /** An operator of ONNX Runtime of which no more is known than which inputs are constants. */
  static OnnxOperator unruled(String type) {
    return new OnnxOperator(MICROSOFT, type, Optional.empty(), Optional.empty());
  }

  /** An operator of ai.onnx that renames, reshapes or describes its first input. */
  static OnnxOperator view(String type, ShapeRule shape) {
    return standard(type, shape, CostRule.NOTHING).asView();
  }

  @SafeVarargs
  static List<OnnxOperator> join(List<OnnxOperator>... families) {
    List<OnnxOperator> all = new ArrayList<>();
    for (List<OnnxOperator> family : families) {
      all.addAll(family);
    }
    return List.copyOf(all);
  }

  OnnxOperator asView() {
    return new OnnxOperator(domain, type, shape, cost, fold, constants, true);
  }

  /** Returns the operator with the rule by which sizes are computed with it. */
  OnnxOperator folding(FoldRule rule) {
    return new OnnxOperator(domain, type, shape, cost, Optional.of(rule), constants, view);
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

  /** Returns the operator, which moves the constants that it reads to its outputs. */
  OnnxOperator passingConstants() {
    return with(constants.passing());
  }

  /** Returns the operator, whose floating-point constants of more than one number are weights. */
  OnnxOperator tables() {
    return with(constants.ofTables());
  }

  private OnnxOperator with(ConstantInputs known) {
    return new OnnxOperator(domain, type, shape, cost, fold, known, view);
  }

  /** Returns the name that {@link Node#operator} gives. */
  String operator() {
    return domain.equals(Node.STANDARD) ? type : domain + "." + type;
  }
}
