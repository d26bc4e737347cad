package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Numbers;
import io.stagemark.flops.onnx.value.Shapes;
import java.util.List;

/** Operators that cost a fixed number of operations for each element of the output. */
final class ElementwiseRules {
  private ElementwiseRules() {}

  static void register(OperatorTable<CostRule> rules) {
    List.of("Add", "Sub", "Mul", "Div", "Mod", "Reciprocal")
        .forEach(op -> rules.put(op, call -> arithmetic(call, call.y())));
    rules.put("Sum", call -> arithmetic(call, (call.inputs().size() - 1) * call.y()));
    rules.put("Mean", call -> arithmetic(call, call.inputs().size() * call.y()));
    List.of("Max", "Min")
        .forEach(op -> rules.put(op, call -> Cost.of(0, 0, (call.inputs().size() - 1) * call.y())));
    List.of(
            "Abs",
            "And",
            "BitShift",
            "BitwiseAnd",
            "BitwiseNot",
            "BitwiseOr",
            "BitwiseXor",
            "Ceil",
            "Equal",
            "Floor",
            "Greater",
            "GreaterOrEqual",
            "IsInf",
            "IsNaN",
            "Less",
            "LessOrEqual",
            "Neg",
            "Not",
            "Or",
            "Relu",
            "Round",
            "Sign",
            "ThresholdedRelu",
            "Where",
            "Xor")
        .forEach(op -> rules.put(op, perOutput(0, 0, 1)));
    registerSpecial(rules);
    registerActivations(rules);
  }

  private static void registerSpecial(OperatorTable<CostRule> rules) {
    List.of(
            "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cos", "Cosh", "Erf", "Exp", "Log",
            "Sin", "Sinh", "Sqrt", "Tan", "Tanh")
        .forEach(op -> rules.put(op, perOutput(0, 1, 0)));
    List.of(
            "Bernoulli",
            "BlackmanWindow",
            "HammingWindow",
            "HannWindow",
            "MelWeightMatrix",
            "Multinomial",
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike")
        .forEach(op -> rules.put(op, perOutput(0, 1, 0)));
    rules.put("Hardmax", call -> Cost.of(0, 0, call.count(0)));
    rules.put("Pow", ElementwiseRules::power);
  }

  private static void registerActivations(OperatorTable<CostRule> rules) {
    rules.put("Sigmoid", perOutput(2, 1, 0));
    rules.put("HardSigmoid", perOutput(2, 0, 2));
    rules.put("HardSwish", perOutput(3, 0, 2));
    rules.put("Elu", perOutput(2, 1, 1));
    rules.put("Celu", perOutput(3, 1, 1));
    rules.put("Selu", perOutput(3, 1, 1));
    rules.put("LeakyRelu", perOutput(1, 0, 1));
    rules.put("PRelu", perOutput(1, 0, 1));
    rules.put("Mish", perOutput(2, 3, 0));
    rules.put("Shrink", perOutput(1, 0, 2));
    rules.put("Softplus", perOutput(1, 2, 0));
    rules.put("Softsign", perOutput(2, 0, 1));
    rules.put("SwiGLU", perOutput(4, 1, 0));
    rules.put("Swish", ElementwiseRules::swish);
    rules.put("QuickGelu", rules.get("Swish"));
    rules.put("Gelu", ElementwiseRules::gelu);
    rules.put("FastGelu", call -> withBias(call, perOutput(8, 1, 0)));
    rules.put("BiasGelu", call -> withBias(call, perOutput(4, 1, 0)));
    rules.put("BiasSplitGelu", call -> Cost.of(5 * call.y() + call.count(0), call.y(), 0));
    rules.put("BiasAdd", call -> Cost.of((call.inputs().size() - 1) * call.y(), 0, 0));
    rules.put("Clip", ElementwiseRules::clip);
  }

  static CostRule perOutput(long elementwise, long special, long comparisons) {
    return call -> Cost.of(Operations.of(elementwise, special, comparisons).times(call.y()));
  }

  /** Arithmetic on integers belongs in the column of comparisons and integer operations. */
  static Cost arithmetic(Call call, long count) {
    return call.type(0).isIntegral() ? Cost.of(0, 0, count) : Cost.of(count, 0, 0);
  }

  /** One comparison for each bound that is given. */
  private static Cost clip(Call call) {
    Node node = call.node();
    boolean asInputs = node.opset() >= 11 || !node.domain().equals(Node.STANDARD);
    int lower = (asInputs ? call.has(1) : node.has("min")) ? 1 : 0;
    int upper = (asInputs ? call.has(2) : node.has("max")) ? 1 : 0;
    return Cost.of(0, 0, (lower + upper) * call.y());
  }

  private static Cost swish(Call call) {
    double otherwise = call.node().type().equals("QuickGelu") ? 1.702 : 1;
    long scale = call.node().real("alpha", otherwise) == 1 ? 0 : call.y();
    return Cost.of(3 * call.y() + scale, call.y(), 0);
  }

  private static Cost gelu(Call call) {
    boolean tanh = call.node().text("approximate", "none").equals("tanh");
    return Cost.of((tanh ? 8 : 4) * call.y(), call.y(), 0);
  }

  private static Cost withBias(Call call, CostRule rule) {
    Cost cost = rule.of(call);
    return call.has(1) ? cost.plus(Operations.of(call.y(), 0, 0)) : cost;
  }

  /** A constant whole exponent of 2 to 4 is k − 1 multiplications; any other is a special. */
  private static Cost power(Call call) {
    Numbers exponent = call.inputs().get(1).numbers();
    if (exponent != null && exponent.count() == 1) {
      double k = exponent.real(0);
      if (k == 2 || k == 3 || k == 4) {
        return arithmetic(call, Shapes.multiply((long) k - 1, call.y()));
      }
    }
    return Cost.of(0, call.y(), 0);
  }
}
