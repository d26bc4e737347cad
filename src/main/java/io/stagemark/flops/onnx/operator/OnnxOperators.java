package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every operator, by name; those of other domains than ai.onnx by {@code domain.Name}.
 *
 * <p>In the formulas of costs X is the first input, Y the first output, |·| the number of elements.
 * An operator without a cost is listed as uncounted: never 0 in silence.
 */
public final class OnnxOperators {
  /** Domains whose operators, where they are not listed by themselves, mean what ai.onnx means. */
  private static final Set<String> LIKE_STANDARD =
      Set.of(Node.STANDARD, "ai.onnx.ml", OnnxOperator.MICROSOFT);

  private static final List<OnnxOperator> ALL =
      OnnxOperator.join(
          ElementwiseOperators.all(),
          ActivationOperators.all(),
          NormalizationOperators.all(),
          ConvolutionOperators.all(),
          PoolingOperators.all(),
          ContractionOperators.all(),
          AttentionOperators.all(),
          RecurrentOperators.all(),
          ReductionOperators.all(),
          MovementOperators.all(),
          GatherOperators.all(),
          MakerOperators.all(),
          ImageOperators.all(),
          SignalOperators.all(),
          SequenceOperators.all(),
          QuantizedOperators.all(),
          ClassicalOperators.all(),
          OptimizerOperators.all());

  private static final Map<String, OnnxOperator> BY_NAME = byName(ALL);
  private static final Map<String, ConstantInputs> CONSTANTS = constants();

  private OnnxOperators() {}

  /**
   * Returns operators by name.
   *
   * @throws IllegalStateException if one is registered twice
   */
  static Map<String, OnnxOperator> byName(List<OnnxOperator> operators) {
    OperatorTable<OnnxOperator> table = new OperatorTable<>();
    operators.forEach(operator -> table.put(operator.operator(), operator));
    return table.toMap();
  }

  private static Map<String, ConstantInputs> constants() {
    OperatorTable<ConstantInputs> constants = new OperatorTable<>();
    for (OnnxOperator operator : ALL) {
      if (!operator.constants().equals(ConstantInputs.NONE)) {
        constants.put(operator.type(), operator.constants());
      }
    }
    return constants.toMap();
  }

  /** Finds a node's operator: by domain and name, then by name for the domains that share it. */
  private static Optional<OnnxOperator> of(Node node) {
    OnnxOperator own = BY_NAME.get(node.operator());
    return own == null && LIKE_STANDARD.contains(node.domain())
        ? Optional.ofNullable(BY_NAME.get(node.type()))
        : Optional.ofNullable(own);
  }

  /** Returns the names that have a cost. */
  static Set<String> counted() {
    return ALL.stream()
        .filter(operator -> operator.cost().isPresent())
        .map(OnnxOperator::operator)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns what a node costs; empty where it is uncounted. */
  public static Optional<CostRule> cost(Node node) {
    return of(node).flatMap(OnnxOperator::cost);
  }

  /** Returns whether the shapes of a node's outputs can follow from its inputs. */
  public static boolean hasShapes(Node node) {
    return of(node).flatMap(OnnxOperator::shape).isPresent();
  }

  /** Returns whether the output is the first input under another name or shape. */
  public static boolean isView(Node node) {
    return node.domain().equals(Node.STANDARD) && of(node).map(OnnxOperator::view).orElse(false);
  }

  /** Returns what the constant inputs of an operator are, by its name in every domain. */
  public static ConstantInputs constants(String type) {
    return CONSTANTS.getOrDefault(type, ConstantInputs.NONE);
  }

  /**
   * Returns a node's outputs, with the elements of small constants; unknown values where they are
   * known only after a run.
   */
  public static List<Value> infer(Call call) {
    OnnxOperator operator = of(call.node()).orElse(null);
    if (operator == null || operator.shape().isEmpty()) {
      return List.of();
    }
    try {
      List<Value> outputs = operator.shape().get().outputs(call);
      return operator
          .fold()
          .map(rule -> KnownValues.fill(call.returning(outputs), rule))
          .orElse(outputs);
    } catch (UnknownShape e) {
      return List.of();
    }
  }
}
