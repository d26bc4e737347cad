package io.stagemark.task;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.scoring.Losses;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Any model whose outputs are not interpreted, on tensors, or on images where the card says how
 * they are prepared. Preprocessing fills the engine's inputs, postprocessing applies the last steps
 * that the card names. Its scores are the losses, by name and with their defaults, against target
 * tensors, or recall at k of embeddings, by the examples' classes.
 */
public final class TensorsTask implements Task {
  @Override
  public String name() {
    return "tensors";
  }

  @Override
  public List<String> scores() {
    return Stream.concat(Losses.registry().names().stream(), RetrievalScorer.NAMES.stream())
        .toList();
  }

  @Override
  public TaskSession bind(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    FloatOutputs floats =
        new FloatOutputs(
            outputSpecs,
            outputs,
            i -> settings.activations().containsKey(outputSpecs.get(i).name()),
            settings.quantizations());
    return new TensorsSession(
        input(settings, inputs, outputSpecs, outputs),
        floats,
        new ActivatedOutputs(
            settings.activations(), settings.labels().size(), floats.specs(), floats),
        new BatchOutputs(BatchSlots.batchOf(inputs), outputSpecs.size(), outputs),
        IntStream.range(0, outputSpecs.size())
            .filter(i -> !settings.isCarriedOutput(outputSpecs.get(i).name()))
            .findFirst()
            .orElse(-1));
  }

  private InputStage input(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    if (settings.preprocess().isEmpty()) {
      return new TensorInput(name(), settings.carries(), inputs, outputSpecs, outputs);
    }
    requireImage(settings, inputs.size());
    try {
      return new ImageInput(name(), ClassificationTask.stage(settings, inputs.get(0)));
    } catch (IllegalArgumentException e) {
      throw new TaskException("the model card does not fit the model: " + e.getMessage(), e);
    }
  }

  private static void requireImage(TaskSettings settings, int inputs) throws TaskException {
    if (settings.preprocess().isPresent() && inputs != 1) {
      throw new TaskException(
          "a card with preprocess fills one input with an image, %d inputs are open"
              .formatted(inputs),
          "value: [0], for each input that takes no image");
    }
  }

  @Override
  public void check(
      TaskSettings settings, List<TensorSpec> inputs, List<TensorSpec> outputs, List<String> names)
      throws TaskException {
    requireImage(settings, inputs.size());
    ActivatedOutputs.check(settings, FloatOutputs.asFloats(outputs));
    TensorInput.checkCarries(settings.carries(), inputs, outputs);
    if (scorer(settings, inputs, names) instanceof TensorsScorer) {
      TensorsScorer.check(settings, outputs, names);
    }
  }

  @Override
  public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names)
      throws TaskException {
    if (names.isEmpty()) {
      return new NoScores();
    }
    if (!scores().containsAll(names)) {
      throw new IllegalArgumentException(
          "task 'tensors' has the scores %s, asked for %s".formatted(scores(), names));
    }
    if (RetrievalScorer.NAMES.containsAll(names)) {
      return new RetrievalScorer(settings, names);
    }
    if (names.stream().anyMatch(RetrievalScorer.NAMES::contains)) {
      throw new TaskException(
          "losses need a target tensor for each example, %s a class: a data set has one of them"
              .formatted(String.join(", ", RetrievalScorer.NAMES)),
          "one config for each kind of score");
    }
    return new TensorsScorer(settings, names);
  }
}
