package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.ElementwiseOperators.perOutput;
import static io.stagemark.flops.onnx.operator.OnnxOperator.alike;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.microsoft;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.value.ShapeRule.LIKE_FIRST;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;

/** Activations: a fixed cost for each element, with the bias of fused ones. */
final class ActivationOperators {
  static final CostRule SIGMOID = perOutput(2, 1, 0);
  static final CostRule LEAKY_RELU = perOutput(1, 0, 1);

  private ActivationOperators() {}

  static List<OnnxOperator> all() {
    return join(plain(), gaussian());
  }

  private static List<OnnxOperator> plain() {
    return join(
        alike(LIKE_FIRST, perOutput(0, 0, 1), "Relu", "ThresholdedRelu"),
        alike(LIKE_FIRST, perOutput(3, 1, 1), "Celu", "Selu"),
        List.of(
            standard("Sigmoid", LIKE_FIRST, SIGMOID),
            standard("HardSigmoid", LIKE_FIRST, perOutput(2, 0, 2)),
            standard("HardSwish", LIKE_FIRST, perOutput(3, 0, 2)),
            standard("Elu", LIKE_FIRST, perOutput(2, 1, 1)),
            standard("LeakyRelu", LIKE_FIRST, LEAKY_RELU),
            standard("PRelu", LIKE_FIRST, LEAKY_RELU).weights(1),
            standard("Mish", LIKE_FIRST, perOutput(2, 3, 0)),
            standard("Shrink", LIKE_FIRST, perOutput(1, 0, 2)),
            standard("Softplus", LIKE_FIRST, perOutput(1, 2, 0)),
            standard("Softsign", LIKE_FIRST, perOutput(2, 0, 1)),
            standard("SwiGLU", ActivationOperators::gated, perOutput(4, 1, 0)),
            standard("Hardmax", LIKE_FIRST, call -> Cost.of(0, 0, call.count(0))),
            standard("Clip", LIKE_FIRST, ActivationOperators::clip).settings(1, 2),
            standard(
                "BiasAdd",
                ElementwiseOperators.BROADCAST,
                call -> Cost.of((call.inputs().size() - 1) * call.y(), 0, 0))));
  }

  private static List<OnnxOperator> gaussian() {
    return List.of(
        standard("Swish", LIKE_FIRST, call -> swish(call, 1)),
        standard("QuickGelu", LIKE_FIRST, call -> swish(call, 1.702)),
        standard("Gelu", LIKE_FIRST, ActivationOperators::gelu),
        standard("FastGelu", LIKE_FIRST, call -> withBias(call, perOutput(8, 1, 0))),
        standard("BiasGelu", LIKE_FIRST, call -> withBias(call, perOutput(4, 1, 0))),
        microsoft(
            "BiasSplitGelu",
            call -> call.like(halved(call.shape(0))),
            call -> Cost.of(5 * call.y() + call.count(0), call.y(), 0)));
  }

  private static List<Value> gated(Call call) {
    List<Long> shape = call.shape(0);
    return call.like(call.has(1) ? shape : halved(shape));
  }

  private static List<Long> halved(List<Long> shape) {
    int last = shape.size() - 1;
    return Shapes.with(shape, last, shape.get(last) / 2);
  }

  /** One comparison for each bound that is given. */
  private static Cost clip(Call call) {
    Node node = call.node();
    boolean asInputs = node.opset() >= 11 || !node.domain().equals(Node.STANDARD);
    int lower = (asInputs ? call.has(1) : node.has("min")) ? 1 : 0;
    int upper = (asInputs ? call.has(2) : node.has("max")) ? 1 : 0;
    return Cost.of(0, 0, (lower + upper) * call.y());
  }

  private static Cost swish(Call call, double defaultAlpha) {
    long scale = call.node().real("alpha", defaultAlpha) == 1 ? 0 : call.y();
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
}
