package io.stagemark.task;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The place of an example in a batched tensor. A tensor whose first axis is not the batch (a sample
 * rate, a recurrent state of a single stream) belongs to every slot as a whole.
 */
final class BatchSlots {
  private BatchSlots() {}

  /** Returns the batch: the first extent of the first input; 1 for a scalar. */
  static int batchOf(List<Tensor> inputs) {
    List<Long> shape = inputs.get(0).spec().shape();
    return shape.isEmpty() ? 1 : Math.toIntExact(shape.get(0));
  }

  static int slotBytes(Tensor tensor, int batch) {
    return isBatched(tensor.spec(), batch)
        ? tensor.bytes().capacity() / batch
        : tensor.bytes().capacity();
  }

  static int slotOffset(Tensor tensor, int batch, int slot) {
    return isBatched(tensor.spec(), batch) ? slot * slotBytes(tensor, batch) : 0;
  }

  private static boolean isBatched(TensorSpec spec, int batch) {
    return !spec.shape().isEmpty() && spec.shape().get(0) == batch;
  }

  /** Returns what one slot of a tensor is: with a batch axis of 1. */
  static TensorSpec slotSpec(TensorSpec spec, int batch) {
    if (!isBatched(spec, batch)) {
      return spec;
    }
    List<Long> shape = new ArrayList<>(spec.shape());
    shape.set(0, 1L);
    return new TensorSpec(spec.name(), spec.type(), shape);
  }

  /** Returns copies of one slot's outputs, with a batch axis of 1. */
  static List<Tensor> copyOutputs(
      IntFunction<Tensor> outputs, int outputCount, int slot, int batch) {
    List<Tensor> copies = new ArrayList<>();
    for (int i = 0; i < outputCount; i++) {
      Tensor output = outputs.apply(i);
      if (!isBatched(output.spec(), batch)) {
        copies.add(output.copy());
        continue;
      }
      Tensor copy = Tensor.allocate(slotSpec(output.spec(), batch));
      int size = slotBytes(output, batch);
      copy.bytes().put(0, output.bytes(), slotOffset(output, batch, slot), size);
      copies.add(copy);
    }
    return copies;
  }
}
