package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import io.stagemark.data.OutputSummary;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.task.OutputInspector.Reading;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** The stages of a model that is read from one output of class scores, around a session. */
final class ScoresSession implements TaskSession {
  private final InputStage input;
  private final Selection selection;
  private final ScoredOutput scored;
  private final FloatOutputs floats;
  private final BatchOutputs outputs;
  private final OutputInspector inspector;

  /** What is made of the scores. */
  interface Selection {
    /** Returns whether it depends on the scores' being probabilities, not on their order alone. */
    boolean readsProbabilities();

    /** Selects for one slot; allocates nothing. */
    void run(FloatBuffer scores, int slot);

    /** Returns what was selected for a slot. Outside the clock. */
    Prediction prediction(int slot);
  }

  /**
   * @param scored the output that is read
   * @param floats that output as float32
   */
  ScoresSession(
      InputStage input,
      Selection selection,
      ScoredOutput scored,
      FloatOutputs floats,
      BatchOutputs outputs) {
    this.input = input;
    this.selection = selection;
    this.scored = scored;
    this.floats = floats;
    this.outputs = outputs;
    this.inspector =
        new OutputInspector(
            new BatchOutputs(outputs.batch(), outputs.count(), floats.real()),
            i -> i == scored.index() ? Reading.of(scored.activation()) : Reading.UNREAD);
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
    FloatBuffer scores = floats.apply(scored.index()).floats();
    for (int slot = 0; slot < count; slot++) {
      selection.run(scores, slot);
    }
  }

  @Override
  public Geometry geometry(int slot) {
    return input.place(slot);
  }

  @Override
  public Prediction prediction(int slot) {
    return selection.prediction(slot);
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    List<Tensor> copies = withOutputs ? outputs.copy(slot) : List.of();
    return new Observation(prediction(slot), copies, input.geometry(slot), check(slot));
  }

  private OutputCheck check(int slot) {
    List<OutputCheck.Output> seen = inspector.of(slot);
    OutputSummary scores = seen.get(scored.index()).summary();
    boolean probabilities = scored.activation().isEmpty() && scores.min().isPresent();
    return new OutputCheck(
        seen,
        probabilities
            ? Optional.of(
                new OutputCheck.Range(
                    scores.min().getAsDouble(),
                    scores.max().orElseThrow(),
                    selection.readsProbabilities()))
            : Optional.empty(),
        Optional.empty());
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
