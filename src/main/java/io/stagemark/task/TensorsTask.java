package io.stagemark.task;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Any model on tensors from files: no image to decode, no outputs to interpret. Preprocessing
 * copies the example into the engine's inputs.
 */
public final class TensorsTask implements Task {
  @Override
  public String name() {
    return "tensors";
  }

  @Override
  public List<String> scores() {
    return List.of();
  }

  @Override
  public TaskSession bind(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    ScoredOutput.refuseActivations(settings);
    return new TensorsSession(
        new TensorInput(name(), settings.carries(), inputs, outputSpecs, outputs),
        BatchSlots.batchOf(inputs),
        outputSpecs.size(),
        outputs);
  }

  @Override
  public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names) {
    if (!names.isEmpty()) {
      throw new IllegalArgumentException("task 'tensors' has no scores, asked for " + names);
    }
    return new NoScores();
  }
}
