package io.stagemark.task;

import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.data.Tensor;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.preprocess.ImageStage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The stages of a detector around one engine session. */
final class DetectionSession implements TaskSession {
  private final ImageStage images;
  private final BoxPostprocessor boxes;
  private final int batch;
  private final int outputCount;
  private final IntFunction<Tensor> outputs;

  DetectionSession(
      ImageStage images,
      BoxPostprocessor boxes,
      List<Tensor> inputs,
      int outputCount,
      IntFunction<Tensor> outputs) {
    this.images = images;
    this.boxes = boxes;
    this.batch = BatchSlots.batchOf(inputs);
    this.outputCount = outputCount;
    this.outputs = outputs;
  }

  @Override
  public void decode(int slot, ExampleSource source) throws TaskException {
    if (!(source instanceof ExampleSource.ImageFile image)) {
      throw new TaskException(
          "task 'detection' takes images, the data set gives %s".formatted(source));
    }
    try {
      images.decode(slot, image.path());
    } catch (IOException e) {
      throw new TaskException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void preprocess(int count) {
    for (int slot = 0; slot < count; slot++) {
      images.preprocess(slot);
    }
  }

  @Override
  public void postprocess(int count) {
    for (int slot = 0; slot < count; slot++) {
      boxes.run(outputs, slot, images.geometry(slot));
    }
  }

  @Override
  public Prediction prediction(int slot) {
    return new Prediction.Objects(boxes.detections(slot), boxes.counts(slot));
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    return new Observation(
        prediction(slot),
        withOutputs ? BatchSlots.copyOutputs(outputs, outputCount, slot, batch) : List.of(),
        Optional.of(images.geometry(slot)));
  }

  @Override
  public void measureSubStages(LapProbe preprocess, LapProbe postprocess) {
    images.measure(preprocess);
    boxes.measure(postprocess);
  }

  @Override
  public void close() {
    images.close();
  }
}
