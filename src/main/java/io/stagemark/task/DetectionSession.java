package io.stagemark.task;

import io.stagemark.data.LapProbe;
import io.stagemark.data.Prediction;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.CandidateCheck;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.scoring.FiniteRule;
import io.stagemark.scoring.activation.Activation;
import io.stagemark.task.OutputInspector.Reading;
import java.util.List;
import java.util.Optional;

/** The stages of a detector around one engine session. */
final class DetectionSession implements TaskSession {
  /** Of so many examples every candidate is looked at, and of those with numbers not finite. */
  private static final int MAX_INSPECTED = 16;

  private final ImageStage images;
  private final ImageInput input;
  private final BoxPostprocessor boxes;
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

  DetectionSession(ImageStage images, BoxPostprocessor boxes, Outputs outputs) {
    this.images = images;
    this.input = new ImageInput("detection", images);
    this.boxes = boxes;
    this.outputs = outputs;
    this.inspector = new OutputInspector(outputs.raw(), this::reading);
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
      boxes.run(outputs.activated(), slot, images.geometry(slot));
    }
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
        input.geometry(slot),
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
    CandidateCheck found = boxes.inspect(outputs.activated(), slot, images.geometry(slot));
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
