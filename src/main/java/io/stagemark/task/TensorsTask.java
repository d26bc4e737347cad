package io.stagemark.task;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.scoring.Losses;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Any model on tensors from files: no image to decode, no outputs to interpret. Preprocessing
 * copies the example into the engine's inputs, postprocessing applies the last steps that the card
 * names. Its scores are the losses, by name and with their defaults.
 */
public final class TensorsTask implements Task {
  @Override
  public String name() {
    return "tensors";
  }

  @Override
  public List<String> scores() {
    return Losses.registry().names();
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
            i -> settings.activations().containsKey(outputSpecs.get(i).name()));
    return new TensorsSession(
        new TensorInput(name(), settings.carries(), inputs, outputSpecs, outputs),
        floats,
        new ActivatedOutputs(
            settings.activations(), settings.labels().size(), floats.specs(), floats),
        new BatchOutputs(BatchSlots.batchOf(inputs), outputSpecs.size(), outputs),
        IntStream.range(0, outputSpecs.size())
            .filter(i -> !settings.isCarriedOutput(outputSpecs.get(i).name()))
            .findFirst()
            .orElse(-1));
  }

  @Override
  public void check(
      TaskSettings settings, List<TensorSpec> inputs, List<TensorSpec> outputs, List<String> names)
      throws TaskException {
    ActivatedOutputs.check(settings, FloatOutputs.asFloats(outputs));
    TensorInput.checkCarries(settings.carries(), inputs, outputs);
    scorer(settings, inputs, names);
    TensorsScorer.check(settings, outputs, names);
  }

  @Override
  public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names) {
    if (names.isEmpty()) {
      return new NoScores();
    }
    if (!scores().containsAll(names)) {
      throw new IllegalArgumentException(
          "task 'tensors' has the scores %s, asked for %s".formatted(scores(), names));
    }
    return new TensorsScorer(settings, names);
  }
}
