package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.task.OutputInspector.Reading;
import java.util.List;
import java.util.Optional;

/** Tensors in, outputs as they are but for the card's last steps. */
final class TensorsSession implements TaskSession {
  private static final Prediction RAW = new Prediction.Raw();

  private final InputStage input;
  private final FloatOutputs floats;
  private final ActivatedOutputs activated;
  private final BatchOutputs outputs;
  private final OutputInspector inspector;

  /**
   * @param scored index of the output that scores are taken from
   */
  TensorsSession(
      InputStage input,
      FloatOutputs floats,
      ActivatedOutputs activated,
      BatchOutputs outputs,
      int scored) {
    this.input = input;
    this.floats = floats;
    this.activated = activated;
    this.outputs = outputs;
    this.inspector =
        new OutputInspector(
            new BatchOutputs(outputs.batch(), outputs.count(), floats.real()),
            i -> i == scored ? Reading.of(activated.activation(i)) : Reading.UNREAD);
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
    floats.run();
    activated.run();
  }

  @Override
  public void measureSubStages(LapProbe preprocess, LapProbe postprocess) {
    input.measure(preprocess);
  }

  @Override
  public Geometry geometry(int slot) {
    return input.place(slot);
  }

  @Override
  public Prediction prediction(int slot) {
    return RAW;
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return new Observation(
        RAW,
        withOutputs ? outputs.copy(slot) : List.of(),
        Optional.empty(),
        new OutputCheck(inspector.of(slot), Optional.empty(), Optional.empty()));
  }

  @Override
  public void close() {
    input.close();
  }
}
