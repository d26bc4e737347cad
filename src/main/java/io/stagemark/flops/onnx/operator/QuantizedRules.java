package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.Shapes;
import java.util.List;

/** Quantised operators: integer MACs and what it costs to get in and out of integers. */
final class QuantizedRules {
  private QuantizedRules() {}

  static void register(OperatorTable<CostRule> rules) {
    rules.put("QuantizeLinear", call -> Cost.of(call.y(), 0, 3 * call.y()));
    rules.put("DequantizeLinear", call -> Cost.of(call.y(), 0, call.has(2) ? call.y() : 0));
    rules.put("DynamicQuantizeLinear", call -> Cost.of(call.y() + 4, 0, 5 * call.count(0)));
  }

  /** Scales each output once, then rounds, adds the zero point and saturates. */
  static Operations requantised(Call call) {
    return Operations.of(call.y(), 0, 3 * call.y());
  }

  static Cost integer(Cost cost) {
    return new Cost(Operations.ofIntMacs(cost.operations().macs()), cost.validMacs(), cost.note());
  }

  /** Turns the MACs into integer ones and leaves the rest. */
  static Cost integerOnly(Cost cost) {
    Operations all = cost.operations();
    Operations turned =
        new Operations(0, all.macs(), all.elementwise(), all.special(), all.comparisons());
    return new Cost(turned, cost.validMacs(), cost.note());
  }

  /** Weight is input 3, the int32 bias input 8. */
  static Cost convolution(Call call, Cost dense) {
    Cost cost = integer(dense).plus(requantised(call));
    return call.has(8) ? cost.plus(Operations.of(0, 0, call.y())) : cost;
  }

  static Cost integerMatMul(Call call) {
    List<Long> a = call.shape(0);
    return Cost.of(Operations.ofIntMacs(Shapes.multiply(call.y(), a.get(a.size() - 1))));
  }
}
