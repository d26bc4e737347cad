package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import java.util.Map;

/** The activation that a fused operator applies to its output. */
final class FusedActivation {
  private static final Map<String, Operations> PER_ELEMENT =
      Map.ofEntries(
          Map.entry("", Operations.NONE),
          Map.entry("Relu", Operations.of(0, 0, 1)),
          Map.entry("Sigmoid", Operations.of(2, 1, 0)),
          Map.entry("Tanh", Operations.of(0, 1, 0)),
          Map.entry("LeakyRelu", Operations.of(1, 0, 1)),
          Map.entry("Clip", Operations.of(0, 0, 2)),
          Map.entry("HardSigmoid", Operations.of(2, 0, 2)),
          Map.entry("HardSwish", Operations.of(3, 0, 2)),
          Map.entry("Elu", Operations.of(2, 1, 1)),
          Map.entry("Softplus", Operations.of(1, 2, 0)),
          Map.entry("Softsign", Operations.of(2, 0, 1)),
          Map.entry("ThresholdedRelu", Operations.of(0, 0, 1)),
          Map.entry("Gelu", Operations.of(4, 1, 0)),
          Map.entry("QuickGelu", Operations.of(4, 1, 0)));

  private FusedActivation() {}

  /** Returns the cost with the activation's; noted where the activation has no rule. */
  static Cost add(Call call, Cost cost) {
    String name = call.node().text("activation", "");
    Operations each = PER_ELEMENT.get(name);
    return each == null
        ? cost.noting("activation " + name + " not counted")
        : cost.plus(each.times(call.y()));
  }
}
