package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every shape rule, by operator. */
public final class ShapeRules {
  /** Domains whose operators, where they are not listed by themselves, mean what ai.onnx means. */
  private static final Set<String> LIKE_STANDARD =
      Set.of(Node.STANDARD, "ai.onnx.ml", "com.microsoft");

  private static final Map<String, ShapeRule> RULES = rules();

  private ShapeRules() {}

  private static Map<String, ShapeRule> rules() {
    OperatorTable<ShapeRule> rules = new OperatorTable<>();
    OnnxOperators.registerShapes(rules);
    ElementwiseShapes.register(rules);
    MovementShapes.register(rules);
    GatherShapes.register(rules);
    ReductionShapes.register(rules);
    ImageShapes.register(rules);
    AttentionShapes.register(rules);
    SequenceShapes.register(rules);
    SignalShapes.register(rules);
    ClassicalModels.registerShapes(rules);
    OptimizerRules.registerShapes(rules);
    MicrosoftShapes.register(rules);
    return rules.toMap();
  }

  public static Optional<ShapeRule> of(Node node) {
    return lookUp(RULES, node);
  }

  /** Returns the rule of an operator of ai.onnx. */
  static ShapeRule standard(String operator) {
    ShapeRule rule = RULES.get(operator);
    if (rule == null) {
      throw new IllegalArgumentException("no shape rule for " + operator);
    }
    return rule;
  }

  /** Returns a node's rule: by domain and name, then by name for the domains that share it. */
  static <R> Optional<R> lookUp(Map<String, R> rules, Node node) {
    R own = rules.get(node.operator());
    if (own != null) {
      return Optional.of(own);
    }
    return LIKE_STANDARD.contains(node.domain())
        ? Optional.ofNullable(rules.get(node.type()))
        : Optional.empty();
  }

  /**
   * Returns what a node puts out, elements of small constants included; unknown values where they
   * are known only after a run.
   */
  public static List<Value> infer(Call call) {
    ShapeRule rule = of(call.node()).orElse(null);
    if (rule == null) {
      return List.of();
    }
    try {
      List<Value> outputs = rule.outputs(call);
      return KnownValues.fill(call.returning(outputs));
    } catch (UnknownShape e) {
      return List.of();
    }
  }
}
