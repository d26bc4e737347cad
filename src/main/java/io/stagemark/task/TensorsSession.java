package io.stagemark.task;

import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Copies tensors in memory into the slots of a batch. */
final class TensorsSession implements TaskSession {
  private static final Prediction RAW = new Prediction.Raw();

  private final List<Tensor> inputs;
  private final int outputCount;
  private final IntFunction<Tensor> outputs;
  private final int batch;
  private final ExampleSource.InMemory[] slots;

  TensorsSession(List<Tensor> inputs, int outputCount, IntFunction<Tensor> outputs) {
    this.inputs = inputs;
    this.outputCount = outputCount;
    this.outputs = outputs;
    this.batch = BatchSlots.batchOf(inputs);
    this.slots = new ExampleSource.InMemory[batch];
  }

  @Override
  public void decode(int slot, ExampleSource source) throws TaskException {
    if (!(source instanceof ExampleSource.InMemory tensors)) {
      throw new TaskException(
          "task 'tensors' takes tensors, the data set gives %s; try dataset.format: tensors"
              .formatted(source));
    }
    slots[slot] = tensors;
    if (tensors.tensors().size() != inputs.size()) {
      throw new TaskException(
          "an example has %d tensors %s, the model %d inputs %s"
              .formatted(tensors.tensors().size(), tensors.tensors(), inputs.size(), inputs));
    }
    for (int i = 0; i < inputs.size(); i++) {
      Tensor from = tensors.tensors().get(i);
      Tensor to = inputs.get(i);
      if (from.bytes().capacity() != BatchSlots.slotBytes(to, batch)
          || from.spec().type() != to.spec().type()) {
        throw new TaskException(
            "an example's tensor %s does not fit the model's input %s (%d examples a batch)"
                .formatted(from, to, batch));
      }
    }
  }

  @Override
  public void preprocess(int count) {
    for (int i = 0; i < inputs.size(); i++) {
      Tensor to = inputs.get(i);
      int size = BatchSlots.slotBytes(to, batch);
      for (int slot = 0; slot < count; slot++) {
        ByteBuffer from = slots[slot].tensors().get(i).bytes();
        to.bytes().put(BatchSlots.slotOffset(to, batch, slot), from, 0, size);
      }
    }
  }

  @Override
  public void postprocess(int count) {
    // The outputs are the result.
  }

  @Override
  public Prediction prediction(int slot) {
    return RAW;
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return new Observation(
        RAW,
        withOutputs ? BatchSlots.copyOutputs(outputs, outputCount, slot, batch) : List.of(),
        Optional.empty());
  }

  @Override
  public void close() {
    // Holds no native memory.
  }
}
