package io.stagemark.flops.torchscript.operator;

import io.stagemark.flops.Operations;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import java.util.List;

/** Adaptive pooling to more than one position: a word that ONNX does not have. */
final class AdaptivePool {
  private AdaptivePool() {}

  /**
   * Adds it: one operation for each tap of an average, one comparison less than taps for a maximum.
   *
   * @param taps elements in all windows together
   */
  static Value apply(Arguments a, Value x, List<Long> shape, long taps, String onnx) {
    Value y = Value.of(x.type(), shape);
    Operations cost =
        onnx.startsWith("Max")
            ? Operations.of(0, 0, Math.max(0, taps - y.elementCount()))
            : Operations.of(taps, 0, 0);
    return a.tape().custom("AdaptiveAveragePool", a.where(), List.of(x), y, cost);
  }
}
