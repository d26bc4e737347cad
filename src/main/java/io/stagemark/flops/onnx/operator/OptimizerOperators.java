package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Optimisers of ai.onnx.preview.training: a rate and a step count, then the weights, their
 * gradients and one or two states of each; the outputs are the new weights and states.
 */
final class OptimizerOperators {
  /** Inputs in front of the weights. */
  private static final int FIRST = 2;

  private OptimizerOperators() {}

  static List<OnnxOperator> all() {
    return List.of(
        // g + c·x; h + g·g; x − r·g / (√h + ε)
        optimizer("Adagrad", 3, call -> Operations.of(8, 1, 0)),
        // g + c·x; α·v + β·g; x − r·v, and with Nesterov x − r·(g + α·v)
        optimizer(
            "Momentum",
            3,
            call ->
                Operations.of(
                    call.node().text("mode", "standard").equals("nesterov") ? 9 : 7, 0, 0)),
        // g + c·x; α·v + (1 − α)·g; β·h + (1 − β)·g·g; x − r·v / (√h + ε)
        optimizer("Adam", 4, call -> Operations.of(13, 1, 0)));
  }

  private static OnnxOperator optimizer(
      String type, int groups, Function<Call, Operations> perElement) {
    return OnnxOperator.of(
        "ai.onnx.preview.training",
        type,
        call -> updated(call, groups),
        call -> each(call, groups, perElement.apply(call)));
  }

  private static int weights(Call call, int groups) {
    return (call.inputs().size() - FIRST) / groups;
  }

  /** The weights, then the states; the gradients between them are no outputs. */
  private static List<Value> updated(Call call, int groups) {
    int weights = weights(call, groups);
    List<Value> outputs = new ArrayList<>();
    for (int i = FIRST; i < FIRST + groups * weights; i++) {
      boolean gradient = i >= FIRST + weights && i < FIRST + 2 * weights;
      if (!gradient) {
        outputs.add(Value.of(call.type(i), call.shape(i)));
      }
    }
    return outputs;
  }

  private static Cost each(Call call, int groups, Operations operations) {
    long elements = 0;
    for (int i = FIRST; i < FIRST + weights(call, groups); i++) {
      elements = Math.addExact(elements, call.count(i));
    }
    return Cost.of(operations.times(elements));
  }
}
