package io.stagemark.flops.onnx.walk;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Scan as operator set 8 had it: lengths first, then a batch axis in front of every state and
 * sequence; the body runs for each step of each example and sees neither axis.
 */
final class BatchedScan {
  private final GraphWalk walk;
  private final Trace trace;

  BatchedScan(GraphWalk walk, Trace trace) {
    this.walk = walk;
    this.trace = trace;
  }

  /** Returns the final states {@code [B, …]} and the stacked outputs {@code [B, T, …]}. */
  List<Value> outputs(Call call, Scope scope) {
    trace.next(call.node());
    GraphProto body = call.node().graph("body");
    int carried = call.inputs().size() - 1 - (int) call.node().integer("num_scan_inputs");
    List<Value> inputs = new ArrayList<>();
    long batch = 0;
    long steps = 0;
    for (int i = 1; i < call.inputs().size(); i++) {
      Value value = call.in(i);
      boolean scanned = i - 1 >= carried;
      batch = value.extent(0);
      steps = scanned ? value.extent(1) : steps;
      List<Long> one = value.shape().subList(scanned ? 2 : 1, value.rank());
      inputs.add(Value.of(value.type(), one));
    }
    List<Value> last = walk.body(body, inputs, scope, executed(call, batch, steps));
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < last.size(); i++) {
      List<Long> shape = new ArrayList<>(i < carried ? List.of(batch) : List.of(batch, steps));
      shape.addAll(last.get(i).shape());
      outputs.add(Value.of(last.get(i).type(), shape));
    }
    return outputs;
  }

  /** The sum of the lengths, where they are given. */
  private static long executed(Call call, long batch, long steps) {
    if (!call.has(0)) {
      return Math.multiplyExact(batch, steps);
    }
    long all = 0;
    for (long length : call.in(0).integers()) {
      all = Math.addExact(all, length);
    }
    return all;
  }
}
