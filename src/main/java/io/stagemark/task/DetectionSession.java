package io.stagemark.task;

import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.preprocess.ImageStage;
import java.util.List;

/** The stages of a detector around one engine session. */
final class DetectionSession implements TaskSession {
  private final ImageStage images;
  private final ImageInput input;
  private final BoxPostprocessor boxes;
  private final ActivatedOutputs activated;
  private final BatchOutputs outputs;

  DetectionSession(
      ImageStage images, BoxPostprocessor boxes, ActivatedOutputs activated, BatchOutputs outputs) {
    this.images = images;
    this.input = new ImageInput("detection", images);
    this.boxes = boxes;
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
    for (int slot = 0; slot < count; slot++) {
      boxes.run(activated, slot, images.geometry(slot));
    }
  }

  @Override
  public Prediction prediction(int slot) {
    return new Prediction.Objects(boxes.detections(slot), boxes.counts(slot));
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return new Observation(
        prediction(slot), withOutputs ? outputs.copy(slot) : List.of(), input.geometry(slot));
  }

  @Override
  public void measureSubStages(LapProbe preprocess, LapProbe postprocess) {
    images.measure(preprocess);
    boxes.measure(postprocess);
  }

  @Override
  public void close() {
    input.close();
  }
}
