package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.ShapeRule;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Optimisers of ai.onnx.preview.training: a rate and a step count, then the weights, their
 * gradients and one or two states of each; put out are the new weights and states.
 */
final class OptimizerRules {
  private static final String DOMAIN = "ai.onnx.preview.training.";

  /** Inputs in front of the weights. */
  private static final int FIRST = 2;

  private OptimizerRules() {}

  static void registerShapes(OperatorTable<ShapeRule> rules) {
    rules.put(DOMAIN + "Adagrad", call -> updated(call, 3));
    rules.put(DOMAIN + "Momentum", call -> updated(call, 3));
    rules.put(DOMAIN + "Adam", call -> updated(call, 4));
  }

  static void registerRules(OperatorTable<CostRule> rules) {
    // g + c·x; h + g·g; x − r·g / (√h + ε)
    rules.put(DOMAIN + "Adagrad", call -> each(call, 3, Operations.of(8, 1, 0)));
    // g + c·x; α·v + β·g; x − r·v, and with Nesterov x − r·(g + α·v)
    rules.put(
        DOMAIN + "Momentum",
        call ->
            each(
                call,
                3,
                Operations.of(
                    call.node().text("mode", "standard").equals("nesterov") ? 9 : 7, 0, 0)));
    // g + c·x; α·v + (1 − α)·g; β·h + (1 − β)·g·g; x − r·v / (√h + ε)
    rules.put(DOMAIN + "Adam", call -> each(call, 4, Operations.of(13, 1, 0)));
  }

  private static int weights(Call call, int groups) {
    return (call.inputs().size() - FIRST) / groups;
  }

  /** The weights, then the states; the gradients between them are not put out. */
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
