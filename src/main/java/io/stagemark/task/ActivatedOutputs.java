package io.stagemark.task;

import io.stagemark.data.ElementType;
import io.stagemark.data.Tensor;
import io.stagemark.data.TensorSpec;
import io.stagemark.preprocess.PreprocessSettings;
import io.stagemark.scoring.activation.Activation;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A session's outputs after the last steps that the card names, in memory of its own: the engine's
 * stays as the engine left it. {@link #run} computes in double, rounds once to float32 and
 * allocates nothing. Not thread-safe.
 */
final class ActivatedOutputs implements IntFunction<Tensor> {
  private static final int BLOCK = 1024;

  private final IntFunction<Tensor> outputs;
  private final List<Optional<Step>> steps = new ArrayList<>();

  /**
   * @param activations by the output's name
   * @param classes number of class names, which determine the axis of a softmax; 0 for a model
   *     without: then it is axis 1, that of the losses' {@code [N, C, d1, …]}
   * @throws TaskException if an activation names no output, one that is no float32 or whose size is
   *     known only after a forward, or a softmax whose axis is not clear
   */
  ActivatedOutputs(
      Map<String, Activation> activations,
      int classes,
      List<TensorSpec> specs,
      IntFunction<Tensor> outputs)
      throws TaskException {
    this.outputs = outputs;
    requireNamed(activations, specs);
    for (TensorSpec spec : specs) {
      Optional<Activation> activation = Optional.ofNullable(activations.get(spec.name()));
      steps.add(
          activation.isEmpty()
              ? Optional.empty()
              : Optional.of(step(activation.get(), classes, spec)));
    }
  }

  private static void requireNamed(Map<String, Activation> activations, List<TensorSpec> specs)
      throws TaskException {
    List<String> names = specs.stream().map(TensorSpec::name).toList();
    for (String named : activations.keySet()) {
      if (!names.contains(named)) {
        throw new TaskException(
            "the card names an activation of output '%s'; the model has the outputs %s"
                .formatted(named, names));
      }
    }
  }

  /**
   * Checks a card's outputs as the constructor does; allocates nothing. Where images give the input
   * its size, the outputs' sizes may follow from it.
   */
  static void check(TaskSettings settings, List<TensorSpec> outputs) throws TaskException {
    requireNamed(settings.activations(), outputs);
    boolean byImage = settings.preprocess().filter(PreprocessSettings::sizesByImage).isPresent();
    for (TensorSpec spec : outputs) {
      Activation activation = settings.activations().get(spec.name());
      if (activation != null) {
        if (spec.isStatic() || !byImage) {
          requireFloat(activation, spec);
        }
        if (settings.isCarriedOutput(spec.name())) {
          throw new TaskException(
              "output '%s' is carried to the next step: it takes no activation"
                  .formatted(spec.name()));
        }
        if (activation.isOfRow()) {
          classAxis(activation, settings.labels().size(), spec);
        }
      }
    }
  }

  private static Step step(Activation activation, int classes, TensorSpec spec)
      throws TaskException {
    requireFloat(activation, spec);
    if (!activation.isOfRow()) {
      return new Step(activation, Tensor.allocate(spec), BLOCK, 1);
    }
    int axis = classAxis(activation, classes, spec);
    long stride =
        spec.shape().subList(axis + 1, spec.shape().size()).stream().reduce(1L, (a, b) -> a * b);
    int extent = Math.toIntExact(spec.shape().get(axis));
    return new Step(activation, Tensor.allocate(spec), extent, Math.toIntExact(stride));
  }

  private static void requireFloat(Activation activation, TensorSpec spec) throws TaskException {
    if (spec.type() != ElementType.FLOAT32 || !spec.isStatic()) {
      throw new TaskException(
          "activation %s is for float32 of a known size, not for output %s"
              .formatted(activation.text(), spec));
    }
  }

  /** Returns the axis of the classes, or of the classes and "no object". */
  static int classAxis(Activation activation, int classes, TensorSpec spec) throws TaskException {
    List<Long> shape = spec.shape();
    if (shape.isEmpty()) {
      throw new TaskException(
          "activation %s needs an axis of classes, output %s has none"
              .formatted(activation.text(), spec));
    }
    if (classes == 0) {
      return Math.min(1, shape.size() - 1);
    }
    List<Integer> fitting = new ArrayList<>();
    for (int axis = shape.size() > 1 ? 1 : 0; axis < shape.size(); axis++) {
      if (shape.get(axis) == classes || shape.get(axis) == classes + 1L) {
        fitting.add(axis);
      }
    }
    if (fitting.size() != 1) {
      throw new TaskException(
          "activation %s runs along the axis of the %d classes; output %s has %s"
              .formatted(
                  activation.text(),
                  classes,
                  spec,
                  fitting.isEmpty() ? "none" : "them on axes " + fitting));
    }
    return fitting.get(0);
  }

  /** Activates the outputs of a forward: part of the postprocess stage. */
  void run() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).isPresent()) {
        steps.get(i).get().run(outputs.apply(i).floats());
      }
    }
  }

  /** Returns an output: activated by the last {@link #run}, or as the engine left it. */
  @Override
  public Tensor apply(int index) {
    Optional<Step> step = steps.get(index);
    return step.isPresent() ? step.get().into : outputs.apply(index);
  }

  /** Returns the activation of an output. */
  Optional<Activation> activation(int index) {
    return steps.get(index).map(step -> step.activation);
  }

  /** One output's last step. */
  private static final class Step {
    private final Activation activation;
    private final Tensor into;
    private final double[] row;
    private final int stride;

    /**
     * @param into takes the activated numbers
     * @param row as many numbers as are activated together
     * @param stride from a number of a row to the next; 1 for a step that knows no rows
     */
    Step(Activation activation, Tensor into, int row, int stride) {
      this.activation = activation;
      this.into = into;
      this.row = new double[row];
      this.stride = stride;
    }

    void run(FloatBuffer from) {
      int size = into.floats().capacity();
      int rows = (size + row.length - 1) / row.length;
      for (int r = 0; r < rows; r++) {
        int first = r / stride * stride * row.length + r % stride;
        int count = Math.min(row.length, size - first);
        for (int c = 0; c < count; c++) {
          row[c] = from.get(first + c * stride);
        }
        activation.apply(row);
        for (int c = 0; c < count; c++) {
          into.floats().put(first + c * stride, (float) row[c]);
        }
      }
    }
  }
}
