package io.stagemark.task;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.postprocess.ClassPostprocessor;
import io.stagemark.preprocess.ImageStage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/**
 * Classes of images or tensors. Decoder {@code classification}: one class is right; {@code binary}:
 * each class is right or not by itself, over a threshold.
 */
public final class ClassificationTask implements Task {
  @Override
  public String name() {
    return "classification";
  }

  @Override
  public List<String> scores() {
    return ClassScoreNames.withLosses();
  }

  @Override
  public TaskSession bind(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    ScoredOutput scored = ScoredOutput.of(settings, outputSpecs);
    int batch = BatchSlots.batchOf(inputs);
    int classes = settings.labels().size();
    TensorSpec spec = scored.spec();
    if (!spec.isStatic()) {
      throw new TaskException("class scores need a known shape, the model gives " + spec);
    }
    ScoresLayout.ofExamples(spec, classes, batch);
    OptionalDouble threshold =
        ScoredOutput.isBinary(settings)
            ? OptionalDouble.of(settings.decoder().orElseThrow().scoreThreshold())
            : OptionalDouble.empty();
    return new ScoresSession(
        input(settings, inputs, outputSpecs, outputs),
        new BestClasses(new ClassPostprocessor(scored.lastStep(), threshold, classes, batch)),
        scored,
        floats(settings, scored, outputSpecs, outputs),
        new BatchOutputs(batch, outputSpecs.size(), outputs));
  }

  /** Returns the outputs, the scored one as float32. */
  static FloatOutputs floats(
      TaskSettings settings,
      ScoredOutput scored,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs) {
    return new FloatOutputs(
        outputSpecs, outputs, i -> i == scored.index(), settings.quantizations());
  }

  /** Returns the preprocessing of a card that has one, bound to the image input. */
  static ImageStage stage(TaskSettings settings, Tensor input) {
    return new ImageStage(
        settings.preprocess().orElseThrow(),
        input,
        Optional.ofNullable(settings.quantizations().get(input.spec().name())));
  }

  /** Returns the input stage that the card asks for: an image, or tensors. */
  static InputStage input(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    if (settings.preprocess().isEmpty()) {
      return new TensorInput(settings.task(), settings.carries(), inputs, outputSpecs, outputs);
    }
    if (inputs.size() != 1) {
      throw new TaskException(
          "a card with preprocess needs a model with one image input; this one has " + inputs);
    }
    try {
      return new ImageInput(settings.task(), stage(settings, inputs.get(0)));
    } catch (IllegalArgumentException e) {
      throw new TaskException("the model card does not fit the model: " + e.getMessage(), e);
    }
  }

  @Override
  public void check(
      TaskSettings settings, List<TensorSpec> inputs, List<TensorSpec> outputs, List<String> names)
      throws TaskException {
    TensorSpec scored = ScoredOutput.of(settings, outputs).spec();
    TensorInput.checkCarries(settings.carries(), inputs, outputs);
    if (scored.isStatic() && !inputs.isEmpty() && inputs.get(0).isStatic()) {
      List<Long> first = inputs.get(0).shape();
      int batch = first.isEmpty() ? 1 : Math.toIntExact(first.get(0));
      ScoresLayout.ofExamples(scored, settings.labels().size(), batch);
    }
    scorer(settings, inputs, names);
  }

  @Override
  public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names)
      throws TaskException {
    if (names.isEmpty()) {
      return new NoScores();
    }
    ClassScoreNames.check(settings, names);
    return ScoredOutput.isBinary(settings)
        ? new BinaryScorer(settings, names)
        : new ClassificationScorer(settings, names);
  }
}
