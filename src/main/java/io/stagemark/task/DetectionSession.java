package io.stagemark.task;

import io.stagemark.data.Geometry;
import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.CandidateCheck;
import io.stagemark.postprocess.decoder.BoxDecoder;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.scoring.FiniteRule;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.task.OutputInspector.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stages of a detector around one engine session. */
final class DetectionSession implements TaskSession {
  /** Of so many examples every candidate is looked at, and of those with numbers not finite. */
  private static final int MAX_INSPECTED = 16;

  private final ImageStage images;
  private final ImageInput input;
  private final BoxPostprocessor boxes;
  private final boolean boxesInPicture;
  private final List<Geometry> inPicture = new ArrayList<>();
  private final Outputs outputs;
  private final OutputInspector inspector;
  private int inspected;

  /**
   * The session's outputs on their way to boxes.
   *
   * @param floats as float32
   * @param activated after the card's last steps
   * @param raw as the engine left them
   */
  record Outputs(FloatOutputs floats, ActivatedOutputs activated, BatchOutputs raw) {}

  /**
   * @param boxesInPicture whether the model maps its boxes to the picture's pixels itself
   */
  DetectionSession(
      ImageStage images, BoxPostprocessor boxes, boolean boxesInPicture, Outputs outputs) {
    this.boxesInPicture = boxesInPicture;
    this.images = images;
    this.input = new ImageInput("detection", images);
    this.boxes = boxes;
    this.outputs = outputs;
    this.inspector =
        new OutputInspector(
            new BatchOutputs(outputs.raw().batch(), outputs.raw().count(), outputs.floats().real()),
            this::reading);
  }

  private Reading reading(int output) {
    Optional<Activation> last = outputs.activated().activation(output);
    if (last.isPresent()) {
      return Reading.of(last);
    }
    return switch (boxes.lastStep(output)) {
      case NONE -> Reading.of(last);
      case SIGMOID -> new Reading(true, true, FiniteRule.BEFORE_SIGMOID);
      case SOFTMAX -> new Reading(true, false, FiniteRule.BEFORE_SOFTMAX);
    };
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
    outputs.floats().run();
    outputs.activated().run();
    for (int slot = 0; slot < count; slot++) {
      boxes.run(outputs.activated(), slot, boxGeometry(slot));
    }
  }

  @Override
  public Geometry geometry(int slot) {
    return images.geometry(slot);
  }

  /** Returns how boxes go back to the picture: not at all where the model has done it. */
  private Geometry boxGeometry(int slot) {
    Geometry image = images.geometry(slot);
    if (!boxesInPicture) {
      return image;
    }
    while (inPicture.size() <= slot) {
      inPicture.add(BoxDecoder.UNMAPPED);
    }
    Geometry last = inPicture.get(slot);
    if (last.sourceWidthPx() != image.sourceWidthPx()
        || last.sourceHeightPx() != image.sourceHeightPx()) {
      last = new Geometry(image.sourceWidthPx(), image.sourceHeightPx(), 1, 1, 0, 0);
      inPicture.set(slot, last);
    }
    return last;
  }

  @Override
  public Prediction prediction(int slot) {
    return new Prediction.Objects(boxes.detections(slot), boxes.counts(slot));
  }

  @Override
  public Observation observe(int slot, boolean withOutputs) {
    OutputCheck check = check(slot);
    return new Observation(
        prediction(slot),
        withOutputs ? outputs.raw().copy(slot) : List.of(),
        Optional.of(boxGeometry(slot)),
        check);
  }

  /** The candidates of the first examples show whether the decoder is the model's. */
  private OutputCheck check(int slot) {
    List<OutputCheck.Output> seen = inspector.of(slot);
    boolean finite =
        seen.stream().allMatch(each -> each.summary().nan() + each.summary().infinite() == 0);
    if (finite && inspected >= MAX_INSPECTED) {
      return new OutputCheck(seen, Optional.empty(), Optional.empty());
    }
    inspected++;
    CandidateCheck found = boxes.inspect(outputs.activated(), slot, boxGeometry(slot));
    return new OutputCheck(
        seen,
        found.low() > found.high()
            ? Optional.empty()
            : Optional.of(new OutputCheck.Range(found.low(), found.high(), true)),
        found.candidates() == 0
            ? Optional.empty()
            : Optional.of(
                new OutputCheck.Boxes(
                    found.candidates(), found.above(), found.sure(), found.misplaced())));
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
