package io.stagemark.task;

import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.postprocess.MaskPostprocessor;
import java.nio.FloatBuffer;
import java.util.List;

/** The stages of a segmentation model around one engine session. */
final class SegmentationSession implements TaskSession {
  private final InputStage input;
  private final MaskPostprocessor masks;
  private final int scored;
  private final BatchOutputs outputs;

  SegmentationSession(InputStage input, MaskPostprocessor masks, int scored, BatchOutputs outputs) {
    this.input = input;
    this.masks = masks;
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
      masks.run(scores, slot);
    }
  }

  @Override
  public Prediction prediction(int slot) {
    return new Prediction.Mask(masks.mask(slot));
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return new Observation(
        prediction(slot), withOutputs ? outputs.copy(slot) : List.of(), input.geometry(slot));
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
