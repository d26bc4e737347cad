package io.stagemark.config;

import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.task.Scorer;
import io.stagemark.task.Task;
import io.stagemark.task.TaskSession;
import io.stagemark.task.TaskSettings;
import java.util.List;
import java.util.function.IntFunction;

/** Tasks that can be named, not bound. */
abstract class FakeTask implements Task {
  private final String name;
  private final List<String> scores;

  FakeTask(String name, List<String> scores) {
    this.name = name;
    this.scores = scores;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> scores() {
    return scores;
  }

  @Override
  public TaskSession bind(
      TaskSettings settings,
      List<Tensor> inputs,
      List<TensorSpec> outputSpecs,
      IntFunction<Tensor> outputs) {
    throw new UnsupportedOperationException("no config test binds a model");
  }

  @Override
  public Scorer scorer(TaskSettings settings, List<TensorSpec> inputs, List<String> names) {
    throw new UnsupportedOperationException("no config test scores");
  }

  @Override
  public void check(
      TaskSettings settings,
      List<TensorSpec> inputs,
      List<TensorSpec> outputs,
      List<String> names) {
    // every model of a config test can have every score
  }

  /** Boxes. */
  public static final class Detection extends FakeTask {
    public Detection() {
      super("detection", List.of("coco-ap", "focal", "bce"));
    }
  }

  /** Tensors in, tensors out. */
  public static final class Tensors extends FakeTask {
    public Tensors() {
      super("tensors", List.of());
    }
  }
}
