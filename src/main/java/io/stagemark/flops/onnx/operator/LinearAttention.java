package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import java.util.List;
import java.util.Set;

/**
 * Attention that keeps a state of dk × dv for each key head in place of all keys (ai.onnx 27; Yang
 * et al. 2024, arXiv:2406.06484 and arXiv:2412.06464). Each step updates the state by an outer
 * product and is read by every query head; the delta rules first read what the state holds under
 * the new key.
 */
final class LinearAttention {
  private static final Set<String> GATED = Set.of("gated", "gated_delta");
  private static final Set<String> DELTA = Set.of("delta", "gated_delta");
  private static final int DECAY = 4;

  private LinearAttention() {}

  static List<Value> outputs(Call call) {
    AttentionExtents e = AttentionExtents.linear(call);
    OnnxType type = call.type(0);
    List<Long> q = call.shape(0);
    List<Long> y =
        q.size() == 4
            ? List.of(e.batch(), e.heads(), e.queries(), e.vDim())
            : List.of(e.batch(), e.queries(), e.heads() * e.vDim());
    List<Long> state = List.of(e.batch(), e.kvHeads(), e.qkDim(), e.vDim());
    return List.of(Value.of(type, y), Value.of(type, state));
  }

  /** B·S·dk·dv for each key head and product of its state, and for each query head that reads. */
  static Cost cost(Call call) {
    AttentionExtents e = AttentionExtents.linear(call);
    String rule = call.node().text("update_rule", "gated_delta");
    if (!rule.equals("linear") && !GATED.contains(rule) && !DELTA.contains(rule)) {
      throw new GraphFault(
          call.node().path(),
          "update_rule '%s'".formatted(rule),
          "linear, gated, delta or gated_delta",
          "check the model with onnx.checker, or export it again");
    }
    long steps = Shapes.multiply(e.batch(), e.queries());
    long state = Shapes.multiply(steps, e.kvHeads(), e.qkDim(), e.vDim());
    long read = Shapes.multiply(steps, e.heads(), e.qkDim(), e.vDim());
    long written = Shapes.multiply(steps, e.kvHeads(), e.vDim());
    boolean delta = DELTA.contains(rule);
    boolean gated = GATED.contains(rule);
    long scaled = Shapes.multiply(steps, e.heads(), e.vDim());
    long elementwise = Shapes.add(gated ? state : 0, delta ? 2 * written : 0, scaled);
    long decays = gated && call.has(DECAY) ? call.count(DECAY) : 0;
    long macs = Shapes.add(Shapes.multiply(delta ? 2 : 1, state), read);
    return Cost.of(new Operations(macs, 0, elementwise, decays, 0));
  }
}
