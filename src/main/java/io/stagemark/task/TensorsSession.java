package io.stagemark.task;

import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Tensors in, outputs as they are. */
final class TensorsSession implements TaskSession {
  private static final Prediction RAW = new Prediction.Raw();

  private final TensorInput input;
  private final int batch;
  private final int outputCount;
  private final IntFunction<Tensor> outputs;

  TensorsSession(TensorInput input, int batch, int outputCount, IntFunction<Tensor> outputs) {
    this.input = input;
    this.batch = batch;
    this.outputCount = outputCount;
    this.outputs = outputs;
  }

  @Override
  public void decode(int slot, ExampleSource source) throws TaskException {
    input.decode(slot, source);
  }

  @Override
  public void preprocess(int count) {
    input.preprocess(count);
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
    input.close();
  }
}
