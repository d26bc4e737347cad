package io.stagemark.task;

import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/** The stages of a model that is read from one output of class scores, around a session. */
final class ScoresSession implements TaskSession {
  private final InputStage input;
  private final Selection selection;
  private final int scored;
  private final BatchOutputs outputs;

  /** What is made of the scores. */
  interface Selection {
    /** Selects for one slot; allocates nothing. */
    void run(FloatBuffer scores, int slot);

    /** Returns what was selected for a slot. Outside the clock. */
    Prediction prediction(int slot);
  }

  /**
   * @param scored index of the output
   */
  ScoresSession(InputStage input, Selection selection, int scored, BatchOutputs outputs) {
    this.input = input;
    this.selection = selection;
    this.scored = scored;
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
    FloatBuffer scores = outputs.get(scored).floats();
    for (int slot = 0; slot < count; slot++) {
      selection.run(scores, slot);
    }
  }

  @Override
  public Prediction prediction(int slot) {
    return selection.prediction(slot);
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    List<Tensor> copies = withOutputs ? outputs.copy(slot) : List.of();
    return new Observation(prediction(slot), copies, input.geometry(slot));
  }

  @Override
  public void measureSubStages(LapProbe preprocess, LapProbe postprocess) {
    input.measure(preprocess);
  }

  @Override
  public void close() {
    input.close();
  }
}
