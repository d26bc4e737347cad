package io.stagemark.task;

import io.stagemark.data.Tensor;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The outputs of a session and the number of examples in them.
 *
 * @param batch examples
 * @param count number of outputs
 * @param outputs valid after each forward
 */
record BatchOutputs(int batch, int count, IntFunction<Tensor> outputs) {
  Tensor get(int index) {
    return outputs.apply(index);
  }

  /** Returns copies of one slot's outputs, with a batch axis of 1. */
  List<Tensor> copy(int slot) {
    return BatchSlots.copyOutputs(outputs, count, slot, batch);
  }
}
