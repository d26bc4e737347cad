package io.stagemark.flops.onnx.operator;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Numbers;
import java.util.List;

/**
 * The extents of a recurrent operator.
 *
 * @param directions D, 1 or 2
 * @param steps T, of the padded input
 * @param batch B
 * @param inputs I, features of the input
 * @param hidden H
 * @param executedSteps Σ over the batch of the steps that run: T·B, or the sum of sequence_lens
 */
record Recurrence(
    long directions, long steps, long batch, long inputs, long hidden, long executedSteps) {

  static Recurrence of(Call call) {
    List<Long> x = call.shape(0);
    List<Long> r = call.shape(2);
    boolean batchFirst = call.node().integer("layout", 0) == 1;
    // R is [D, gates*H, H]; ORT's DynamicQuantizeLSTM transposes it to [D, H, gates*H]
    long hidden =
        call.node().has("hidden_size")
            ? call.node().integer("hidden_size")
            : Math.min(r.get(1), r.get(2));
    long steps = x.get(batchFirst ? 1 : 0);
    long batch = x.get(batchFirst ? 0 : 1);
    long executed = Math.multiplyExact(steps, batch);
    Numbers lengths = call.has(4) ? call.inputs().get(4).numbers() : null;
    if (lengths != null) {
      executed = 0;
      for (int i = 0; i < lengths.count(); i++) {
        executed = Math.addExact(executed, lengths.integer(i));
      }
    }
    return new Recurrence(r.get(0), steps, batch, x.get(2), hidden, executed);
  }
}
