package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.ShapeRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The operators that are registered whole: shape, cost and constants in one place. The other
 * families still register their shapes in {@link ShapeRules} and their costs in {@link
 * OperatorRules}; the tables refuse an operator that is in both.
 */
public final class OnnxOperators {
  private static final List<OnnxOperator> ALL =
      Stream.of(
              NormalizationOperators.all(),
              ConvolutionOperators.all(),
              PoolingOperators.all(),
              ContractionOperators.all(),
              RecurrentOperators.all())
          .flatMap(List::stream)
          .toList();

  private static final Map<String, ConstantInputs> CONSTANTS = constants();

  private OnnxOperators() {}

  private static Map<String, ConstantInputs> constants() {
    OperatorTable<ConstantInputs> constants = new OperatorTable<>();
    for (OnnxOperator operator : ALL) {
      if (!operator.constants().equals(ConstantInputs.NONE)) {
        constants.put(operator.type(), operator.constants());
      }
    }
    registerOtherConstants(constants);
    return constants.toMap();
  }

  /** Constants of the operators that are not registered whole yet. */
  private static void registerOtherConstants(OperatorTable<ConstantInputs> constants) {
    ConstantInputs none = ConstantInputs.NONE;
    List.of("QuantizeLinear", "DequantizeLinear")
        .forEach(op -> constants.put(op, none.statistics(1, 2)));
    List.of("QLinearAdd", "QLinearMul")
        .forEach(op -> constants.put(op, none.statistics(1, 2, 4, 5, 6, 7)));
    constants.put("Clip", none.settings(1, 2));
    constants.put("Resize", none.settings(1, 2, 3));
    constants.put("Upsample", none.settings(1));
    constants.put("Pad", none.settings(1, 2, 3));
    constants.put("Pow", none.settings(1));
    constants.put("Range", none.settings(0, 1, 2));
    constants.put("OneHot", none.settings(1, 2));
    constants.put("NonMaxSuppression", none.settings(2, 3, 4));
    constants.put("GatherBlockQuantized", none.weights(0));
    constants.put("QAttention", none.weights(1, 2));
    constants.put("QMoE", none.weights(2, 5, 8));
    constants.put("PRelu", none.weights(1));
    constants.put("Attention", none.weights(1, 2));
  }

  static void registerShapes(OperatorTable<ShapeRule> rules) {
    ALL.forEach(operator -> rules.put(operator.operator(), operator.shape()));
  }

  static void registerCosts(OperatorTable<CostRule> rules) {
    for (OnnxOperator operator : ALL) {
      operator.cost().ifPresent(cost -> rules.put(operator.operator(), cost));
    }
  }

  /** Returns what the constant inputs of an operator are, by its name in every domain. */
  public static ConstantInputs constants(String type) {
    return CONSTANTS.getOrDefault(type, ConstantInputs.NONE);
  }
}
