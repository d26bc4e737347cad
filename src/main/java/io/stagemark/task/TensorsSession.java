package io.stagemark.task;

import io.stagemark.data.Prediction;
import java.util.List;
import java.util.Optional;

/** Tensors in, outputs as they are but for the card's last steps. */
final class TensorsSession implements TaskSession {
  private static final Prediction RAW = new Prediction.Raw();

  private final TensorInput input;
  private final ActivatedOutputs activated;
  private final BatchOutputs outputs;

  TensorsSession(TensorInput input, ActivatedOutputs activated, BatchOutputs outputs) {
    this.input = input;
    this.activated = activated;
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
    activated.run();
  }

  @Override
  public Prediction prediction(int slot) {
    return RAW;
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return new Observation(RAW, withOutputs ? outputs.copy(slot) : List.of(), Optional.empty());
  }

  @Override
  public void close() {
    input.close();
  }
}
