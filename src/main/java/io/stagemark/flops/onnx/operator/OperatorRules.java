package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every operator costs, by name; other domains than ai.onnx by {@code domain.Name}.
 *
 * <p>X is the first input, Y the first output, |·| the number of elements. An operator that is not
 * here is listed as uncounted: never 0 in silence.
 */
public final class OperatorRules {
  /** Renames or describes its first input: no operation, no byte. */
  private static final Set<String> VIEWS =
      Set.of(
          "Constant",
          "Dropout",
          "Flatten",
          "Identity",
          "Optional",
          "OptionalGetElement",
          "OptionalHasElement",
          "Reshape",
          "SequenceAt",
          "SequenceConstruct",
          "SequenceEmpty",
          "SequenceErase",
          "SequenceInsert",
          "SequenceLength",
          "Shape",
          "Size",
          "Squeeze",
          "Unsqueeze");

  private static final Map<String, CostRule> RULES = rules();

  private OperatorRules() {}

  private static Map<String, CostRule> rules() {
    OperatorTable<CostRule> rules = new OperatorTable<>();
    VIEWS.forEach(op -> rules.put(op, call -> Cost.NOTHING));
    OnnxOperators.registerCosts(rules);
    ElementwiseRules.register(rules);
    ReductionRules.register(rules);
    SamplingRules.register(rules);
    MovementRules.register(rules);
    QuantizedRules.register(rules);
    AttentionRules.register(rules);
    ClassicalModels.registerRules(rules);
    OptimizerRules.registerRules(rules);
    MicrosoftRules.register(rules);
    return rules.toMap();
  }

  public static Optional<CostRule> of(Node node) {
    return ShapeRules.lookUp(RULES, node);
  }

  /** Returns whether the output is the first input under another name or shape. */
  public static boolean isView(Node node) {
    return node.domain().equals(Node.STANDARD) && VIEWS.contains(node.type());
  }

  /** Returns the names that have a rule. */
  static Set<String> names() {
    return RULES.keySet();
  }
}
