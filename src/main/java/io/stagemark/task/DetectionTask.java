package io.stagemark.task;

import io.stagemark.data.ImageSize;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.BoxPostprocessor;
import io.stagemark.postprocess.decoder.LayoutException;
import io.stagemark.preprocess.ImageStage;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Objects in images: one image input, a box decoder, non-maximum suppression. A card's activation
 * comes before the decoder: the sigmoid of an export whose decoder reads probabilities.
 */
public final class DetectionTask implements Task {
  @Override
  public String name() {
    return "detection";
  }

  @Override
  public List<String> scores() {
    return DetectionScorer.all();
  }

  @Override
  public TaskSession bind(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    if (inputs.size() != 1 || settings.preprocess().isEmpty() || settings.decoder().isEmpty()) {
      throw new TaskException(
          "task 'detection' needs a model with one image input, and a card with preprocess and"
              + " decoder; the model has the inputs "
              + inputs);
    }
    FloatOutputs floats =
        new FloatOutputs(outputSpecs, outputs, i -> true, settings.quantizations());
    ActivatedOutputs activated =
        new ActivatedOutputs(
            settings.activations(), settings.labels().size(), floats.specs(), floats);
    try {
      ImageStage images = ClassificationTask.stage(settings, inputs.get(0));
      BoxPostprocessor boxes =
          postprocessor(settings, sides(settings, inputs.get(0).spec()), floats.specs());
      if (boxes.hasMasks() && settings.hasBoxesInPicture()) {
        throw new TaskException(
            "decoder '%s' finds masks in the pixels of the model's input, and the card has an input"
                    .formatted(settings.decoder().get().type())
                + " by which boxes are in the picture's; try: value in place of derive");
      }
      return new DetectionSession(
          images,
          boxes,
          settings.hasBoxesInPicture(),
          new DetectionSession.Outputs(
              floats,
              activated,
              new BatchOutputs(BatchSlots.batchOf(inputs), outputSpecs.size(), outputs)));
    } catch (IllegalArgumentException e) {
      throw misfit(e);
    }
  }

  private static TaskException misfit(IllegalArgumentException e) {
    String advice = e instanceof LayoutException layout ? "; try: " + layout.tryThis() : "";
    return new TaskException(
        "the model card does not fit the model: " + e.getMessage() + advice, e);
  }

  static BoxPostprocessor postprocessor(
      TaskSettings settings, ImageSize input, List<TensorSpec> outputs) {
    return BoxPostprocessor.create(
        settings.decoder().orElseThrow(),
        settings.labels().size(),
        outputs,
        input.widthPx(),
        input.heightPx());
  }

  /** Returns the sides of an image input that are known. */
  static ImageSize sides(TaskSettings settings, TensorSpec input) {
    boolean channelsFirst = settings.preprocess().orElseThrow().layout() == Layout.NCHW;
    return new ImageSize(
        Math.toIntExact(input.shape().get(channelsFirst ? 3 : 2)),
        Math.toIntExact(input.shape().get(channelsFirst ? 2 : 1)));
  }

  @Override
  public void check(
      TaskSettings settings, List<TensorSpec> inputs, List<TensorSpec> outputs, List<String> names)
      throws TaskException {
    ActivatedOutputs.check(settings, FloatOutputs.asFloats(outputs));
    boolean known =
        outputs.stream().allMatch(TensorSpec::isStatic)
            && inputs.size() == 1
            && inputs.get(0).isStatic()
            && settings.preprocess().isPresent()
            && settings.decoder().isPresent();
    if (known && settings.preprocess().get().sizesByImage()) {
      checkLayout(settings, inputs.get(0), outputs);
    }
    if (scorer(settings, inputs, names) instanceof DetectionScorer scorer && known) {
      scorer.checkLosses(outputs);
    }
  }

  /**
   * Outputs that only a size makes known were not compared with the decoder when the card was read.
   */
  private static void checkLayout(TaskSettings settings, TensorSpec input, List<TensorSpec> outputs)
      throws TaskException {
    try {
      postprocessor(settings, sides(settings, input), FloatOutputs.asFloats(outputs));
    } catch (IllegalArgumentException e) {
      throw misfit(e);
    }
  }

  @Override
  public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names)
      throws TaskException {
    if (names.isEmpty()) {
      return new NoScores();
    }
    DetectionScorer scorer = new DetectionScorer(settings, inputs, names);
    scorer.checkParts();
    return scorer;
  }
}
