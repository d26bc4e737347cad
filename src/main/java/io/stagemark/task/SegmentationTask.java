package io.stagemark.task;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.MaskPostprocessor;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.preprocess.PreprocessSettings.Layout;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/**
 * A class for each pixel of an image. Decoder {@code binary}: one channel over a threshold; {@code
 * classification}: the largest of the channels.
 */
public final class SegmentationTask implements Task {
  @Override
  public String name() {
    return "segmentation";
  }

  @Override
  public List<String> scores() {
    return SegmentationScorer.withLosses();
  }

  @Override
  public TaskSession bind(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    PreprocessSettings preprocess = preprocess(settings);
    ScoredOutput scored = ScoredOutput.of(settings, outputSpecs);
    InputStage input = ClassificationTask.input(settings, inputs, outputSpecs, outputs);
    boolean channelsFirst = preprocess.layout() == Layout.NCHW;
    try {
      MaskPostprocessor masks =
          new MaskPostprocessor(
              scored.lastStep(),
              ScoredOutput.isBinary(settings)
                  ? OptionalDouble.of(settings.decoder().orElseThrow().scoreThreshold())
                  : OptionalDouble.empty(),
              settings.labels().size(),
              scored.spec(),
              channelsFirst);
      return new ScoresSession(
          input,
          new PixelClasses(
              masks,
              inputs.get(0).spec().shape().get(channelsFirst ? 3 : 2),
              inputs.get(0).spec().shape().get(channelsFirst ? 2 : 1)),
          scored,
          ClassificationTask.floats(settings, scored, outputSpecs, outputs),
          new BatchOutputs(BatchSlots.batchOf(inputs), outputSpecs.size(), outputs));
    } catch (IllegalArgumentException e) {
      input.close();
      throw new TaskException("the model card does not fit the model: " + e.getMessage(), e);
    }
  }

  private static PreprocessSettings preprocess(TaskSettings settings) throws TaskException {
    return settings
        .preprocess()
        .orElseThrow(() -> new TaskException("task 'segmentation' needs preprocess in the card"));
  }

  @Override
  public void check(
      TaskSettings settings, List<TensorSpec> inputs, List<TensorSpec> outputs, List<String> names)
      throws TaskException {
    TensorSpec scored = ScoredOutput.of(settings, outputs).spec();
    boolean channelsFirst = preprocess(settings).layout() == Layout.NCHW;
    if (scored.isStatic()) {
      ScoresLayout.ofPixels(
          scored, settings.labels().size(), ScoredOutput.isBinary(settings), channelsFirst);
    }
    scorer(settings, inputs, names);
  }

  @Override
  public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names)
      throws TaskException {
    return names.isEmpty()
        ? new NoScores()
        : new SegmentationScorer(settings, inputs.get(0), names);
  }
}
